namespace Aspire.Dashboard.Telemetry;

/// <summary>Which log records are wanted. Everything left out lets everything through.</summary>
public sealed record LogQuery
{
    /// <summary>Names of resources: a <c>service.name</c> (all replicas) or a unique name. Empty for all.</summary>
    public IReadOnlyCollection<string> Resources { get; init; } = [];

    /// <summary>The least level.</summary>
    public LogSeverity MinimumSeverity { get; init; }

    /// <summary>Text the message contains, ignoring case.</summary>
    public string? Text { get; init; }

    /// <summary>All of these match.</summary>
    public IReadOnlyList<TelemetryFilter> Filters { get; init; } = [];

    /// <summary>Of this trace only.</summary>
    public TraceId? TraceId { get; init; }

    /// <summary>Of this span only.</summary>
    public SpanId? SpanId { get; init; }

    /// <summary>Those with a higher sequence only: what is new since the last look.</summary>
    public long AfterSequence { get; init; }

    /// <summary>How many of the newest matches are passed over (paging backwards).</summary>
    public int Skip { get; init; }

    /// <summary>The most that are returned: the newest ones.</summary>
    public int Limit { get; init; } = 200;
}

/// <summary>The answer to a <see cref="LogQuery"/>.</summary>
/// <param name="Items">The newest matches up to the limit, oldest first.</param>
/// <param name="TotalCount">How many matched.</param>
/// <param name="LastSequence">The newest sequence there was, matching or not: the next <see cref="LogQuery.AfterSequence"/>.</param>
public sealed record LogPage(IReadOnlyList<LogRecord> Items, int TotalCount, long LastSequence);
