namespace Aspire.Dashboard.Telemetry;

/// <summary>The shape of a metric's data points.</summary>
public enum InstrumentKind
{
    /// <summary>The last value counts.</summary>
    Gauge,

    /// <summary>Values add up.</summary>
    Sum,

    /// <summary>Values fall into buckets. Exponential histograms are kept as this, with their bounds worked out.</summary>
    Histogram,

    /// <summary>Quantiles worked out by the sender.</summary>
    Summary,
}
