namespace Aspire.Dashboard.Telemetry;

/// <summary>A span. Immutable.</summary>
public sealed class Span
{
    /// <summary>Its place in the order of arrival, from 1.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Who sent it.</summary>
    public required TelemetryResource Resource { get; init; }

    /// <summary>Its activity source.</summary>
    public required InstrumentationScope Scope { get; init; }

    /// <summary>Its trace.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>Its own id.</summary>
    public SpanId SpanId { get; init; }

    /// <summary>Its parent; empty for a root.</summary>
    public SpanId ParentSpanId { get; init; }

    /// <summary>Its name: untrusted, encode it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its role.</summary>
    public SpanKind Kind { get; init; }

    /// <summary>How it ended.</summary>
    public SpanStatus Status { get; init; }

    /// <summary>What was said about that, if anything.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>W3C trace state, if any.</summary>
    public string? TraceState { get; init; }

    /// <summary>When it started.</summary>
    public ulong StartUnixNano { get; init; }

    /// <summary>When it ended; never before it started.</summary>
    public ulong EndUnixNano { get; init; }

    /// <summary>When it started, in UTC, to 100 ns.</summary>
    public DateTime StartTime => UnixTime.ToDateTime(StartUnixNano);

    /// <summary>When it ended, in UTC, to 100 ns.</summary>
    public DateTime EndTime => UnixTime.ToDateTime(EndUnixNano);

    /// <summary>How long it took, to 100 ns.</summary>
    public TimeSpan Duration => new((long)((EndUnixNano - StartUnixNano) / 100));

    /// <summary>Its attributes.</summary>
    public AttributeList Attributes { get; init; }

    /// <summary>What happened during it; never null.</summary>
    public IReadOnlyList<SpanEvent> Events { get; init; } = [];

    /// <summary>The spans it refers to; never null. The other direction is <see cref="TraceStore.GetBackLinks"/>.</summary>
    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    /// <summary>W3C trace flags and more.</summary>
    public uint Flags { get; init; }

    /// <summary>Attributes the sender or a limit left out.</summary>
    public uint DroppedAttributesCount { get; init; }

    /// <summary>Events the sender or a limit left out.</summary>
    public uint DroppedEventsCount { get; init; }

    /// <summary>Links the sender left out.</summary>
    public uint DroppedLinksCount { get; init; }

    /// <summary>What it is taken to hold in memory.</summary>
    internal int Bytes { get; init; }
}

/// <summary>Something that happened during a span, such as an exception.</summary>
/// <param name="Name">What: untrusted, encode it.</param>
/// <param name="TimeUnixNano">When.</param>
/// <param name="Attributes">Details.</param>
/// <param name="DroppedAttributesCount">Attributes the sender or a limit left out.</param>
public sealed record SpanEvent(string Name, ulong TimeUnixNano, AttributeList Attributes, uint DroppedAttributesCount)
{
    /// <summary>When, in UTC, to 100 ns.</summary>
    public DateTime Timestamp => UnixTime.ToDateTime(TimeUnixNano);
}

/// <summary>A reference from one span to another, often of another trace.</summary>
/// <param name="TraceId">The other's trace.</param>
/// <param name="SpanId">The other span.</param>
/// <param name="TraceState">W3C trace state, if any.</param>
/// <param name="Attributes">Details.</param>
/// <param name="Flags">W3C trace flags and more.</param>
/// <param name="DroppedAttributesCount">Attributes the sender or a limit left out.</param>
public sealed record SpanLink(TraceId TraceId, SpanId SpanId, string? TraceState, AttributeList Attributes, uint Flags, uint DroppedAttributesCount);
