using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Builds the image of a container from its Dockerfile.</summary>
internal sealed class ContainerBuild(ContainerCli cli, ValueResolver values)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(30);

    /// <returns>Null when the image was built; else why not, in one line.</returns>
    public async Task<string?> RunAsync(IResource resource, DockerfileBuildAnnotation build, string image, Action<string> onLine, CancellationToken cancellationToken)
    {
        List<string> arguments = ["build", "--file", build.DockerfilePath, "--tag", image];
        if (build.Stage is not null)
        {
            arguments.AddRange(["--target", build.Stage]);
        }

        foreach (var (name, value) in build.SpelledArguments)
        {
            // One without a value is taken from the environment.
            arguments.AddRange(["--build-arg", value is null ? name : $"{name}={await TextAsync(value).ConfigureAwait(false)}"]);
        }

        Dictionary<string, string> secrets = [];
        foreach (var (name, value) in build.BuildSecrets)
        {
            // By way of the environment, so that no other user reads it in the list of processes.
            arguments.AddRange(["--secret", $"id={name},env={name}"]);
            secrets[name] = await TextAsync(value).ConfigureAwait(false) ?? "";
        }

        arguments.Add(build.ContextPath);
        var built = await cli.RunAsync(arguments, s_timeout, cancellationToken, onLine, secrets).ConfigureAwait(false);
        return built.ExitCode == 0 ? null : $"image '{image}' can't be built from '{build.DockerfilePath}': {built.LastReason}";

        ValueTask<string?> TextAsync(object value) => values.ResolveAsync(value, resource, cancellationToken);
    }
}
