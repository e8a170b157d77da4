using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Finds the container engine to use, and whether it answers.</summary>
internal sealed partial class ContainerEngines(ProcessRunner processes, IConfiguration configuration, ILogger<ContainerEngines> logger) : IDisposable
{
    private static readonly string[] s_settings = ["DcpPublisher:ContainerRuntime", "ASPIRE_CONTAINER_RUNTIME", "DOTNET_ASPIRE_CONTAINER_RUNTIME"];
    private static readonly TimeSpan s_probeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);

    private const string NotFound = "Container runtime '{Runtime}' could not be found. See https://aka.ms/aspire/containers for more details on supported container runtimes.";
    private const string DockerUnhealthy = "Container runtime '{Runtime}' was found but appears to be unhealthy. Ensure that Docker is running and that the Docker daemon is accessible. If Resource Saver mode is enabled, containers may not run. For more information, visit: https://docs.docker.com/desktop/use-desktop/resource-saver/";
    private const string Unhealthy = "Container runtime '{Runtime}' was found but appears to be unhealthy. Ensure that Podman is running.";

    private readonly SemaphoreSlim _probing = new(1, 1);
    private Status? _status;
    private DateTime _probedAt;
    private bool _warned;

    /// <summary>What is known of the engine; asked anew when the answer is old.</summary>
    public async Task<Status> StatusAsync(CancellationToken cancellationToken)
    {
        await _probing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_status is null || (!_status.IsHealthy && DateTime.UtcNow - _probedAt > s_fresh))
            {
                _status = await ProbeAsync(cancellationToken).ConfigureAwait(false);
                _probedAt = DateTime.UtcNow;
            }

            return _status;
        }
        finally
        {
            _probing.Release();
        }
    }

    /// <summary>The command line of an engine that answers, waiting for one if need be.</summary>
    public async Task<ContainerCli> WaitAsync(Func<Task> onUnhealthy, CancellationToken cancellationToken)
    {
        for (var first = true; ; first = false)
        {
            var status = await StatusAsync(cancellationToken).ConfigureAwait(false);
            if (status.IsHealthy)
            {
                return new ContainerCli(processes, status.Engine);
            }

            if (first)
            {
                Warn(status);
                await onUnhealthy().ConfigureAwait(false);
            }

            await Task.Delay(s_retry, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Where a time-out is set, as under the testing builder, an engine must answer within it; elsewhere the start goes on without one.</summary>
    /// <exception cref="DistributedApplicationException">None did.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (!TimeSpan.TryParse(configuration["DcpPublisher:ContainerRuntimeInitializationTimeout"], CultureInfo.InvariantCulture, out var timeout) || timeout <= TimeSpan.Zero)
        {
            return;
        }

        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            var status = await StatusAsync(cancellationToken).ConfigureAwait(false);
            var left = timeout - Stopwatch.GetElapsedTime(start);
            if (status.IsHealthy)
            {
                return;
            }

            if (left <= TimeSpan.Zero)
            {
                throw new DistributedApplicationException(Problem(status).Replace("{Runtime}", status.Engine, StringComparison.Ordinal));
            }

            await Task.Delay(left < s_retry ? left : s_retry, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _probing.Dispose();

    public ContainerCli Cli(Status status) => new(processes, status.Engine);

    private static string? Configured(IConfiguration configuration) =>
        s_settings
            .Select(key => configuration[key])
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static bool IsInstalled(string engine) =>
        ExecutableFinder.Find(engine, Path.GetTempPath(), Environment.GetEnvironmentVariable("PATH")) is not null;

    private async Task<Status> ProbeAsync(CancellationToken cancellationToken)
    {
        var candidates = Configured(configuration) is { } chosen ? [chosen] : new[] { "docker", "podman" };
        var installed = candidates.Where(IsInstalled).ToList();
        if (installed.Count == 0)
        {
            return new Status(candidates[0], IsInstalled: false, IsHealthy: false, Reason: $"'{candidates[0]}' is not on PATH");
        }

        var probes = await Task.WhenAll(installed.Select(ProbeOneAsync)).ConfigureAwait(false);
        return probes.FirstOrDefault(status => status.IsHealthy) ?? probes[0];

        async Task<Status> ProbeOneAsync(string engine)
        {
            var result = await new ContainerCli(processes, engine).RunAsync(["container", "ls", "--last", "1", "--quiet"], s_probeTimeout, cancellationToken).ConfigureAwait(false);
            return new Status(engine, IsInstalled: true, result.ExitCode == 0, result.ExitCode == 0 ? null : result.Reason);
        }
    }

    private static string Problem(Status status) => !status.IsInstalled ? NotFound : status.Engine == "docker" ? DockerUnhealthy : Unhealthy;

    private void Warn(Status status)
    {
        if (_warned)
        {
            return;
        }

        _warned = true;
        switch (Problem(status))
        {
            case NotFound:
                Log.NotFound(logger, status.Engine);
                break;
            case DockerUnhealthy:
                Log.DockerUnhealthy(logger, status.Engine);
                break;
            default:
                Log.Unhealthy(logger, status.Engine);
                break;
        }
    }

    /// <param name="Engine">Its name.</param>
    /// <param name="IsInstalled">Whether it is on PATH.</param>
    /// <param name="IsHealthy">Whether it answers.</param>
    /// <param name="Reason">Why not.</param>
    internal sealed record Status(string Engine, bool IsInstalled, bool IsHealthy, string? Reason);

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Warning, ContainerEngines.NotFound)]
        public static partial void NotFound(ILogger logger, string runtime);

        [LoggerMessage(0, LogLevel.Warning, ContainerEngines.DockerUnhealthy)]
        public static partial void DockerUnhealthy(ILogger logger, string runtime);

        [LoggerMessage(0, LogLevel.Warning, ContainerEngines.Unhealthy)]
        public static partial void Unhealthy(ILogger logger, string runtime);
    }
}
