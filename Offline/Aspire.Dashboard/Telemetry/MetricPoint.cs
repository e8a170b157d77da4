namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// One or more data points in a row with the same value: a counter at rest takes one place, however long it rests.
/// </summary>
public struct MetricPoint
{
    /// <summary>The time of the first of them.</summary>
    public ulong FirstUnixNano { get; internal set; }

    /// <summary>The time of the last of them.</summary>
    public ulong LastUnixNano { get; internal set; }

    /// <summary>The value of a gauge or sum; the sum of a histogram or summary.</summary>
    public double Value { get; internal set; }

    /// <summary>The rest of a histogram or summary; null for others.</summary>
    public DistributionValue? Distribution { get; internal set; }

    /// <summary>How many data points this stands for.</summary>
    public int Repeats { get; internal set; }
}

/// <summary>What a histogram or summary point holds beside its sum. Immutable.</summary>
public sealed class DistributionValue
{
    /// <summary>How many values were recorded.</summary>
    public ulong Count { get; init; }

    /// <summary>The least of them, if sent.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest of them, if sent.</summary>
    public double? Max { get; init; }

    /// <summary>The upper bounds of all buckets but the last; shared between points.</summary>
    public double[] Bounds { get; init; } = [];

    /// <summary>The count of each bucket: one more than there are bounds, or none.</summary>
    public ulong[] Counts { get; init; } = [];

    /// <summary>Quantile (0 to 1) and value, of a summary.</summary>
    public KeyValuePair<double, double>[] Quantiles { get; init; } = [];

    internal bool SameAs(DistributionValue? other) =>
        other is not null && Count == other.Count && Min.Equals(other.Min) && Max.Equals(other.Max)
        && Counts.AsSpan().SequenceEqual(other.Counts) && Bounds.AsSpan().SequenceEqual(other.Bounds) && Quantiles.AsSpan().SequenceEqual(other.Quantiles);

    /// <summary>The same with the other's arrays where they are equal.</summary>
    internal DistributionValue SharingBoundsWith(DistributionValue other) =>
        !ReferenceEquals(Bounds, other.Bounds) && Bounds.AsSpan().SequenceEqual(other.Bounds)
            ? new() { Count = Count, Min = Min, Max = Max, Bounds = other.Bounds, Counts = Counts, Quantiles = Quantiles }
            : this;
}

/// <summary>A single measurement that a point was made of, with the trace it was taken in.</summary>
/// <param name="TimeUnixNano">When.</param>
/// <param name="Value">The measurement.</param>
/// <param name="TraceId">The trace; empty if none was sent.</param>
/// <param name="SpanId">The span; empty if none was sent.</param>
/// <param name="Attributes">What the point's attributes leave out.</param>
public sealed record Exemplar(ulong TimeUnixNano, double Value, TraceId TraceId, SpanId SpanId, AttributeList Attributes)
{
    /// <summary>When, in UTC.</summary>
    public DateTime Timestamp => UnixTime.ToDateTime(TimeUnixNano);

    /// <summary>What it is taken to hold in memory.</summary>
    internal int Bytes { get; init; }
}
