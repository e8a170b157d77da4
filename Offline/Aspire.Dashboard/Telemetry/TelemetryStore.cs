using Aspire.Dashboard.Resources;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// Everything the dashboard received and keeps. How a page uses it:
/// <list type="bullet">
/// <item>It is a singleton service; so are its parts, <see cref="LogStore"/>, <see cref="TraceStore"/>, <see cref="MetricStore"/>,
/// <see cref="ResourceRegistry"/> and <see cref="PeerResolver"/>.</item>
/// <item>Ask with a query object (<see cref="LogQuery"/>, <see cref="TraceQuery"/>, <see cref="SpanQuery"/>); the answer is a snapshot that
/// no later change touches. A query over full buffers takes a few milliseconds at most and does not hold up the receivers.</item>
/// <item>For live pages keep <see cref="ChangeSignal.Version"/> of the part's <c>Changes</c>, and await <see cref="ChangeSignal.WaitAsync"/>;
/// wait some 100 ms or more between looks. In the browser, open <c>/api/live?signals=traces,logs,metrics,resources</c> (see <c>Live/</c>).</item>
/// <item>All text in it comes from outside: encode it.</item>
/// </list>
/// </summary>
public sealed class TelemetryStore
{
    /// <summary>An empty store.</summary>
    public TelemetryStore(TelemetryLimits limits, IResourceService? resourceService = null)
    {
        Limits = limits;
        Peers = new(resourceService);
        Resources = new(limits.MaxResourceCount);
        Logs = new(limits);
        Traces = new(limits, Peers);
        Metrics = new(limits, CountLost);
    }

    /// <summary>What it holds at most.</summary>
    public TelemetryLimits Limits { get; }

    /// <summary>The senders.</summary>
    public ResourceRegistry Resources { get; }

    /// <summary>The log records.</summary>
    public LogStore Logs { get; }

    /// <summary>The traces.</summary>
    public TraceStore Traces { get; }

    /// <summary>The metrics.</summary>
    public MetricStore Metrics { get; }

    /// <summary>Names those who send no telemetry of their own.</summary>
    public PeerResolver Peers { get; }

    /// <summary>What became of everything that was sent: logs, traces, metrics.</summary>
    public IReadOnlyList<SignalAccount> GetAccounts() => [Logs.GetAccount(), Traces.GetAccount(), Metrics.GetAccount()];

    /// <summary>Removes everything of a resource, or everything.</summary>
    public void Clear(string? resource = null)
    {
        Logs.Clear(resource);
        Traces.Clear(resource);
        Metrics.Clear(resource);
    }

    private void CountLost(string metric, long count)
    {
        if (metric is "otel.sdk.processor.span.processed" or "otel.sdk.exporter.span.exported")
        {
            Traces.CountLost(count);
        }
        else if (metric is "otel.sdk.processor.log.processed" or "otel.sdk.exporter.log.exported")
        {
            Logs.CountLost(count);
        }
        else if (metric is "otel.sdk.exporter.metric_data_point.exported")
        {
            Metrics.CountLost(count);
        }
    }
}
