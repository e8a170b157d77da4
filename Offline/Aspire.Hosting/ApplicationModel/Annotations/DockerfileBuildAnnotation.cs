using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Has the image of a container built from a Dockerfile.</summary>
/// <param name="contextPath">The folder the build may read.</param>
/// <param name="dockerfilePath">The path of the Dockerfile.</param>
/// <param name="stage">The stage that is built; the last one by default.</param>
public class DockerfileBuildAnnotation(string contextPath, string dockerfilePath, string? stage) : IResourceAnnotation
{
    /// <summary>The folder the build may read.</summary>
    public string ContextPath { get; } = contextPath;

    /// <summary>The path of the Dockerfile.</summary>
    public string DockerfilePath { get; } = dockerfilePath;

    /// <summary>The stage that is built; the last one by default.</summary>
    public string? Stage { get; } = stage;

    /// <summary>Writes the text of the Dockerfile; null when it is there.</summary>
    public Func<DockerfileFactoryContext, Task<string>>? DockerfileFactory { get; init; }

    /// <summary>The arguments of the build; without a value one is taken from the environment.</summary>
    public Dictionary<string, object?> BuildArguments { get; } = [];

    /// <summary>The secrets of the build.</summary>
    public Dictionary<string, object> BuildSecrets { get; } = [];

    /// <summary>The name of the image that is built; that of the container when there is none.</summary>
    public string? ImageName { get; set; }

    /// <summary>The tag of the image that is built.</summary>
    public string? ImageTag { get; set; }

    /// <summary>Whether the image knows what to run.</summary>
    public bool HasEntrypoint { get; set; } = true;

    /// <summary>Writes the Dockerfile to its path, if it is not there by itself.</summary>
    public async Task MaterializeDockerfileAsync(DockerfileFactoryContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (DockerfileFactory is { } factory)
        {
            if (TemporaryFolder is { } folder)
            {
                context.Services.GetRequiredService<TemporaryFolders>().Create(folder);
            }

            await File.WriteAllTextAsync(DockerfilePath, await factory(context).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The folder of a Dockerfile that is written to be removed again.</summary>
    internal string? TemporaryFolder { get; init; }

    /// <summary>The arguments as an engine and the manifest spell them.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> SpelledArguments =>
        BuildArguments.Select(argument => new KeyValuePair<string, object?>(argument.Key, argument.Value is bool flag ? (flag ? "true" : "false") : argument.Value));
}
