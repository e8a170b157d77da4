#pragma warning disable SYSLIB1006 // The published lines all have event id 0.
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Says on the console which AppHost starts, from where.</summary>
internal sealed partial class AppHostLifecycle(
    ILogger<DistributedApplication> logger,
    IConfiguration configuration,
    DistributedApplicationExecutionContext executionContext) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Log.Version(logger, Version);
        if (executionContext.IsRunMode)
        {
            Log.Starting(logger);
            Log.Directory(logger, configuration["AppHost:Directory"]);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string? Version => typeof(DistributedApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Information, "Aspire AppHost version: {Version}")]
        public static partial void Version(ILogger logger, string? version);

        [LoggerMessage(0, LogLevel.Information, "Distributed application starting.")]
        public static partial void Starting(ILogger logger);

        [LoggerMessage(0, LogLevel.Information, "Application host directory is: {AppHostDirectory}")]
        public static partial void Directory(ILogger logger, string? appHostDirectory);
    }
}
