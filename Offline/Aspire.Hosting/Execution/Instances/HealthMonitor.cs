using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Polls the health checks of a running instance, publishes their reports, and says once when it is ready.</summary>
internal sealed partial class HealthMonitor(
    HealthCheckService health,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time,
    ILogger<HealthMonitor> logger)
{
    private static readonly TimeSpan s_healthyInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_unhealthyInterval = TimeSpan.FromSeconds(1);
    private const int LongestUnhealthyFactor = 5;

    // A program needs a moment to listen: asked early and often, its users do not wait a second for it.
    private static readonly TimeSpan s_firstInterval = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, int> _starts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<IResource, (int Start, Lazy<Task> Event)> _ready = new();

    public async Task RunAsync(IResource resource, string instance, CancellationToken cancellationToken)
    {
        var start = _starts.AddOrUpdate(instance, 1, (_, count) => count + 1);
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet(StringComparer.Ordinal);
        if (keys.Count == 0)
        {
            await PublishReadyAsync(resource, instance, start, cancellationToken).ConfigureAwait(false);
            return;
        }

        var ready = false;
        var failures = 0;
        var interval = s_firstInterval;
        while (!cancellationToken.IsCancellationRequested)
        {
            var report = await health.CheckHealthAsync(registration => keys.Contains(registration.Name), cancellationToken).ConfigureAwait(false);
            await PublishAsync(resource, instance, report).ConfigureAwait(false);
            if (report.Status == HealthStatus.Healthy)
            {
                if (!ready)
                {
                    ready = true;
                    await PublishReadyAsync(resource, instance, start, cancellationToken).ConfigureAwait(false);
                }

                failures = 0;
                interval = s_healthyInterval;
            }
            else
            {
                interval = !ready && interval < s_unhealthyInterval ? interval * 2 : s_unhealthyInterval * Math.Min(LongestUnhealthyFactor, ++failures);
            }

            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task PublishAsync(IResource resource, string instance, HealthReport report)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var reports = report.Entries
            .Select(entry => new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.ToString()) { LastRunAt = now })
            .ToImmutableArray();
        return notifications.PublishUpdateAsync(resource, instance, snapshot => snapshot.State?.Text == KnownResourceStates.Running ? snapshot with { HealthReports = reports } : snapshot);
    }

    // The event of a start is one for all instances.
    private async Task PublishReadyAsync(IResource resource, string instance, int start, CancellationToken cancellationToken)
    {
        var own = (Start: start, Event: new Lazy<Task>(() => eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken)));
        var ready = _ready.AddOrUpdate(resource, own, (_, last) => last.Start < start ? own : last).Event.Value;
        await notifications.PublishUpdateAsync(resource, instance, snapshot => snapshot with { Ready = ready }).ConfigureAwait(false);
        try
        {
            await ready.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.ReadyFailed(logger, exception, resource.Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Error, "A handler of the ready event of resource '{Resource}' failed.")]
        public static partial void ReadyFailed(ILogger logger, Exception exception, string resource);
    }
}
