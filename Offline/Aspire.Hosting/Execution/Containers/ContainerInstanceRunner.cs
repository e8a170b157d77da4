using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Execution;

/// <summary>Runs containers with the engine's command line, or what stands in for them.</summary>
internal sealed class ContainerInstanceRunner(
    ContainerEngines engines,
    ContainerNetwork network,
    ProcessRunner processes,
    IConfiguration configuration,
    DistributedApplicationModel model,
    ValueResolver values,
    IServiceProvider services) : IInstanceRunner
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_lastLines = TimeSpan.FromSeconds(2);
    private const string StopGrace = "6";

    public async Task<RunningInstance> StartAsync(InstanceStart start, CancellationToken cancellationToken)
    {
        if (!start.Resource.TryGetContainerImageName(out var image))
        {
            throw new DistributedApplicationException($"Container '{start.Resource.Name}' has no image.");
        }

        IReadOnlyList<string> arguments = [.. start.Environment.Arguments.Select(argument => argument.Value)];
        if (start.Resource.Annotations.OfType<ContainerStandInAnnotation>().LastOrDefault() is { } annotation)
        {
            (var standIn, arguments) = await StandInAsync(annotation, start, image, arguments, cancellationToken).ConfigureAwait(false);
            if (standIn is not null)
            {
                return standIn;
            }
        }

        var cli = await engines.WaitAsync(
            () => start.PublishAsync(snapshot => snapshot with { State = new ResourceStateSnapshot(KnownResourceStates.RuntimeUnhealthy, KnownResourceStateStyles.Warn) }),
            cancellationToken).ConfigureAwait(false);
        if (await EnsureImageAsync(cli, start, image, cancellationToken).ConfigureAwait(false) is { } reason)
        {
            throw new DistributedApplicationException($"Container '{start.Resource.Name}': {reason}.");
        }

        return await RunAsync(cli, start, image, arguments, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(RunningInstance? StandIn, IReadOnlyList<string> ContainerArguments)> StandInAsync(ContainerStandInAnnotation annotation, InstanceStart start, string image, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var context = new ContainerStandInContext
        {
            Resource = start.Resource,
            Services = services,
            Logger = start.Logger,
            Environment = start.Environment.Variables.ToDictionary(variable => variable.Name, variable => variable.Value),
            Arguments = ContainerCommandLine.Arguments(start.Resource, arguments),
            ContainerArguments = [.. arguments],
            TargetPorts = start.TargetPorts.ToDictionary(pair => pair.Key.Name, pair => pair.Value),
            WhyNoContainerAsync = token => WhyNoContainerAsync(start, image, token),
        };
        var standIn = await annotation.Choose(context, cancellationToken).ConfigureAwait(false);
        if (standIn is null)
        {
            return (null, [.. context.ContainerArguments]);
        }

        var environment = InheritedEnvironment.Read();
        foreach (var (name, value) in standIn.Environment)
        {
            environment[name] = value;
        }

        try
        {
            var process = await processes.StartAsync(new ProcessSpec
            {
                FileName = standIn.FileName,
                Arguments = standIn.Arguments,
                Environment = environment,
                WorkingDirectory = standIn.WorkingDirectory ?? Path.GetTempPath(),
                StandardInput = standIn.StandardInput,
                OnLine = start.OnLine,
            }).ConfigureAwait(false);
            var running = new RunningInstance
            {
                Exited = ExitAsync(process, standIn.CleanUp),
                StopAsync = process.StopAsync,
                StartedAt = process.StartedAt,
                EndState = KnownResourceStates.Exited,
                Properties =
                [
                    new(KnownProperties.Source, standIn.Source),
                    new(KnownProperties.ContainerImage, image),
                    new(KnownProperties.ExecutablePath, standIn.FileName),
                    new(KnownProperties.ExecutablePid, process.Id),
                ],
            };
            return (running, []);
        }
        catch
        {
            await (standIn.CleanUp?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<int?> ExitAsync(RunningProcess process, Func<Task>? cleanUp)
    {
        var exitCode = await process.Exited.ConfigureAwait(false);
        await (cleanUp?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
        return exitCode;
    }

    private async Task<string?> WhyNoContainerAsync(InstanceStart start, string image, CancellationToken cancellationToken)
    {
        var status = await engines.StatusAsync(cancellationToken).ConfigureAwait(false);
        if (!status.IsHealthy)
        {
            return status.IsInstalled ? $"container runtime '{status.Engine}' does not answer: {status.Reason}" : $"container runtime '{status.Engine}' could not be found";
        }

        return await EnsureImageAsync(engines.Cli(status), start, image, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Null when the image is there; else why not, in one line.</returns>
    private async Task<string?> EnsureImageAsync(ContainerCli cli, InstanceStart start, string image, CancellationToken cancellationToken)
    {
        if (start.Resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault() is not { } build)
        {
            return await ContainerImages.EnsureAsync(cli, start.Resource, image, start.Logger, cancellationToken).ConfigureAwait(false);
        }

        await start.PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Building }).ConfigureAwait(false);
        await build.MaterializeDockerfileAsync(new DockerfileFactoryContext { Services = services, Resource = start.Resource, CancellationToken = cancellationToken }, cancellationToken).ConfigureAwait(false);
        return await new ContainerBuild(cli, values).RunAsync(start.Resource, build, image, line => start.OnLine(line, false), cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunningInstance> RunAsync(ContainerCli cli, InstanceStart start, string image, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var persistent = ReplicaRules.IsPersistent(start.Resource);
        var name = start.Resource.Annotations.OfType<ContainerNameAnnotation>().LastOrDefault()?.Name ?? start.Name;
        var networkName = await network.EnsureAsync(cli, cancellationToken).ConfigureAwait(false);
        var line = await ContainerCommandLine.CreateAsync(start, name, image, networkName, configuration["AppHost:Sha256"] ?? "", LinkAliases(start.Resource), arguments, cancellationToken).ConfigureAwait(false);
        if (!persistent)
        {
            processes.Watcher.AddContainer(cli.Engine, name);
        }

        if (!persistent || !await IsSameAsync(cli, name, line, cancellationToken).ConfigureAwait(false))
        {
            await cli.RunAsync(["rm", "--force", name], s_timeout, cancellationToken).ConfigureAwait(false);
            using var environment = EnvironmentFile.Write(start.Environment);
            line.InsertRange(1, environment.Arguments);
            await cli.MustRunAsync(line, s_timeout, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await cli.MustRunAsync(["start", name], s_timeout, cancellationToken).ConfigureAwait(false);
        }
        catch when (!persistent)
        {
            await RemoveAsync(cli, name).ConfigureAwait(false);
            throw;
        }

        return await FollowAsync(cli, start, name, image, persistent, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunningInstance> FollowAsync(ContainerCli cli, InstanceStart start, string name, string image, bool persistent, CancellationToken cancellationToken)
    {
        var id = await cli.MustRunAsync(["inspect", "--format", "{{.Id}}", name], s_timeout, cancellationToken).ConfigureAwait(false);
        var logs = await cli.StartAsync(["logs", "--follow", "--tail", "1000", name], start.OnLine).ConfigureAwait(false);
        var exitCode = "";
        var wait = await cli.StartAsync(["wait", name], (text, isError) => exitCode = isError ? exitCode : text).ConfigureAwait(false);
        return new RunningInstance
        {
            Exited = ExitAsync(),
            StopAsync = () => cli.RunAsync(["stop", "-t", StopGrace, name], s_timeout, CancellationToken.None),
            EndState = KnownResourceStates.Exited,
            EndsWithHost = !persistent,
            Properties =
            [
                new(KnownProperties.ContainerId, id),
                new(KnownProperties.ContainerImage, image),
                new(KnownProperties.ContainerPorts, start.TargetPorts.Values.Select(port => (object)port).ToArray()),
                new(KnownProperties.ContainerCommand, (start.Resource as ContainerResource)?.Entrypoint ?? ""),
                new(KnownProperties.ContainerArgs, start.Environment.Arguments.Select(argument => argument.Value).ToArray()) { IsSensitive = start.Environment.Arguments.Any(argument => argument.IsSecret) },
                new(KnownProperties.ContainerLifetime, persistent ? nameof(ContainerLifetime.Persistent) : nameof(ContainerLifetime.Session)),
            ],
        };

        async Task<int?> ExitAsync()
        {
            await wait.Exited.ConfigureAwait(false);
            await Task.WhenAny(logs.Exited, Task.Delay(s_lastLines, CancellationToken.None)).ConfigureAwait(false);
            await logs.StopAsync().ConfigureAwait(false);
            if (!persistent)
            {
                await RemoveAsync(cli, name).ConfigureAwait(false);
            }

            return int.TryParse(exitCode, CultureInfo.InvariantCulture, out var code) ? code : null;
        }
    }

    // What a reference calls this container, other containers find it by, as they did with docker run --link.
    private List<string> LinkAliases(IResource resource) =>
    [
        .. model.Resources
            .Where(other => other.IsContainer())
            .SelectMany(other => other.Annotations.OfType<ResourceRelationshipAnnotation>())
            .Where(relationship => ReferenceEquals(relationship.Resource, resource) && relationship.Alias is { Length: > 0 } alias && Uri.CheckHostName(alias) == UriHostNameType.Dns)
            .Select(relationship => relationship.Alias!),
    ];

    private async Task RemoveAsync(ContainerCli cli, string name)
    {
        await cli.RunAsync(["rm", "--force", "--volumes", name], s_timeout, CancellationToken.None).ConfigureAwait(false);
        processes.Watcher.RemoveContainer(cli.Engine, name);
    }

    private static async Task<bool> IsSameAsync(ContainerCli cli, string name, List<string> line, CancellationToken cancellationToken)
    {
        var wanted = line.Find(argument => argument.StartsWith($"{ContainerCommandLine.SpecLabel}=", StringComparison.Ordinal))![(ContainerCommandLine.SpecLabel.Length + 1)..];
        var found = await cli.RunAsync(["inspect", "--format", $"{{{{index .Config.Labels \"{ContainerCommandLine.SpecLabel}\"}}}}", name], s_timeout, cancellationToken).ConfigureAwait(false);
        return found.ExitCode == 0 && found.Output.Trim() == wanted;
    }
}
