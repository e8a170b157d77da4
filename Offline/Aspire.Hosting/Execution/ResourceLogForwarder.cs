using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Passes the logs of the resources on to the host's own log, for tests above all.</summary>
internal sealed partial class ResourceLogForwarder(ResourceLoggerService resources, ILoggerFactory loggers, IHostEnvironment environment, DistributedApplicationModel model) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Task> forwards = [];
        void Forward(string name)
        {
            lock (forwards)
            {
                forwards.Add(Task.Run(() => ForwardAsync(name, stoppingToken), CancellationToken.None));
            }
        }

        resources.LogCreated += Forward;
        foreach (var name in resources.LogNames)
        {
            Forward(name);
        }

        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        resources.LogCreated -= Forward;
    }

    private async Task ForwardAsync(string name, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{ResourceOf(name)}");
        try
        {
            await foreach (var lines in resources.WatchAsync(name).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                foreach (var line in lines)
                {
                    Log.Line(logger, line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, line.LineNumber, line.Content);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private string ResourceOf(string instance) =>
        model.Resources.FirstOrDefault(resource => resource.InstanceNames().Contains(instance, StringComparer.OrdinalIgnoreCase))?.Name ?? instance;

    private static partial class Log
    {
        [LoggerMessage(EventId = 0, Message = "{LineNumber}: {LineContent}")]
        public static partial void Line(ILogger logger, LogLevel level, int lineNumber, string lineContent);
    }
}
