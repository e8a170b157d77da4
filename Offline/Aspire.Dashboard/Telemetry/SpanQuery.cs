namespace Aspire.Dashboard.Telemetry;

/// <summary>Which spans are wanted. Everything left out lets everything through.</summary>
public sealed record SpanQuery
{
    /// <summary>Names of resources: a <c>service.name</c> (all replicas) or a unique name. Empty for all.</summary>
    public IReadOnlyCollection<string> Resources { get; init; } = [];

    /// <summary>Of this trace only.</summary>
    public TraceId? TraceId { get; init; }

    /// <summary>Only failed ones, only good ones, or (null) both.</summary>
    public bool? HasError { get; init; }

    /// <summary>All of these match.</summary>
    public IReadOnlyList<TelemetryFilter> Filters { get; init; } = [];

    /// <summary>Those with a higher sequence only: what is new since the last look.</summary>
    public long AfterSequence { get; init; }

    /// <summary>The most that are returned: the newest ones.</summary>
    public int Limit { get; init; } = 200;
}

/// <summary>The answer to a <see cref="SpanQuery"/>.</summary>
/// <param name="Items">The newest matches up to the limit, in the order they arrived.</param>
/// <param name="TotalCount">How many matched.</param>
/// <param name="LastSequence">The newest sequence there was: the next <see cref="SpanQuery.AfterSequence"/>.</param>
public sealed record SpanPage(IReadOnlyList<Span> Items, int TotalCount, long LastSequence);
