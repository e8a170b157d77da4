namespace Aspire.Dashboard.Telemetry;

/// <summary>Which traces are wanted. Everything left out lets everything through.</summary>
public sealed record TraceQuery
{
    /// <summary>Names of resources: a <c>service.name</c> (all replicas) or a unique name. A trace in which one took part matches. Empty for all.</summary>
    public IReadOnlyCollection<string> Resources { get; init; } = [];

    /// <summary>Text that the full name or the id contains, ignoring case.</summary>
    public string? Text { get; init; }

    /// <summary>A trace with a span of this type matches.</summary>
    public SpanType Type { get; init; }

    /// <summary>A trace with one span that matches all of these matches.</summary>
    public IReadOnlyList<TelemetryFilter> Filters { get; init; } = [];

    /// <summary>Only failed ones, only good ones, or (null) both.</summary>
    public bool? HasError { get; init; }

    /// <summary>Took at least this long.</summary>
    public TimeSpan? MinimumDuration { get; init; }

    /// <summary>Took at most this long.</summary>
    public TimeSpan? MaximumDuration { get; init; }

    /// <summary>Started at this time (UTC) or later.</summary>
    public DateTime? From { get; init; }

    /// <summary>Started before this time (UTC).</summary>
    public DateTime? To { get; init; }

    /// <summary>Those that grew after this sequence only: what is new since the last look.</summary>
    public long AfterSequence { get; init; }

    /// <summary>How many of the newest matches are passed over (paging backwards).</summary>
    public int Skip { get; init; }

    /// <summary>The most that are returned: those that started last.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>The answer to a <see cref="TraceQuery"/>.</summary>
/// <param name="Items">The matches that started last, up to the limit, newest first.</param>
/// <param name="TotalCount">How many matched.</param>
/// <param name="MaxDuration">The longest duration of all matches, for duration bars.</param>
/// <param name="Durations">The duration in 100 ns ticks of every match, in no order, for histograms.</param>
/// <param name="LastSequence">The newest sequence there was: the next <see cref="TraceQuery.AfterSequence"/>.</param>
public sealed record TracePage(IReadOnlyList<Trace> Items, int TotalCount, TimeSpan MaxDuration, long[] Durations, long LastSequence);
