using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Runs projects from their build output, as <c>dotnet run --no-build --no-launch-profile</c> does but without its time.</summary>
internal sealed class ProjectInstanceRunner(ProcessRunner processes, AppHostBuild appHost) : IInstanceRunner
{
    public async Task<RunningInstance> StartAsync(InstanceStart start, CancellationToken cancellationToken)
    {
        var project = (ProjectResource)start.Resource;
        var metadata = project.Annotations.OfType<IProjectMetadata>().LastOrDefault()
            ?? throw new DistributedApplicationException($"Project '{project.Name}' has no project metadata.");
        var assembly = await FindAsync(project, metadata, start, cancellationToken).ConfigureAwait(false);
        var profile = project.EffectiveProfile();
        var arguments = LaunchArguments.Split(profile?.Profile.CommandLineArgs)
            .Select(argument => (Value: argument, IsSecret: false))
            .Concat(start.Environment.Arguments)
            .ToList();
        var host = assembly[..^".dll".Length] + (OperatingSystem.IsWindows() ? ".exe" : "");
        var hasHost = File.Exists(host);
        var environment = ProcessEnvironment.For(start.Environment);
        environment.TryAdd("DOTNET_ROOT", DotNet.Root);
        var spec = new ProcessSpec
        {
            FileName = hasHost ? host : DotNet.Path,
            Arguments = [.. hasHost ? [] : new[] { assembly }, .. arguments.Select(argument => argument.Value)],
            Environment = environment,
            WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)!,
            OnLine = start.OnLine,
        };
        var process = await processes.StartAsync(spec).ConfigureAwait(false);
        return ProcessInstance.From(process, spec, arguments) with
        {
            Properties =
            [
                .. ProcessInstance.From(process, spec, arguments).Properties,
                new(KnownProperties.ProjectPath, metadata.ProjectPath),
                .. profile is { } effective ? new ResourcePropertySnapshot[] { new(KnownProperties.ProjectLaunchProfile, effective.Name) } : [],
            ],
        };
    }

    private async Task<string> FindAsync(ProjectResource project, IProjectMetadata metadata, InstanceStart start, CancellationToken cancellationToken)
    {
        if (!File.Exists(metadata.ProjectPath))
        {
            throw new DistributedApplicationException($"Project file '{metadata.ProjectPath}' of resource '{project.Name}' does not exist.");
        }

        // The projects the AppHost references are built with it; others are built now.
        if (!metadata.SuppressBuild)
        {
            var exitCode = await ProjectOutput.BuildAsync(processes, metadata.ProjectPath, appHost.Configuration, start.OnLine, cancellationToken).ConfigureAwait(false);
            if (exitCode != 0)
            {
                throw new DistributedApplicationException($"Project '{metadata.ProjectPath}' of resource '{project.Name}' does not build: dotnet build ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}.");
            }
        }

        return ProjectOutput.Find(metadata.ProjectPath, appHost.Configuration)
            ?? throw new DistributedApplicationException($"Project '{metadata.ProjectPath}' of resource '{project.Name}' is not built: there is no output for configuration '{appHost.Configuration}'.");
    }
}

/// <summary>How the AppHost was built: its projects are taken from the same configuration.</summary>
/// <param name="Configuration">Such as <c>Debug</c>.</param>
internal sealed record AppHostBuild(string Configuration);
