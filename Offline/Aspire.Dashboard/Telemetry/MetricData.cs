namespace Aspire.Dashboard.Telemetry;

/// <summary>A metric as it arrives: what it is, and its new points.</summary>
internal sealed class MetricData
{
    public required TelemetryResource Resource { get; init; }

    public required InstrumentationScope Meter { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public string Unit { get; init; } = "";

    public InstrumentKind Kind { get; init; }

    public bool IsMonotonic { get; set; }

    public bool IsDelta { get; set; }

    public bool IsInteger { get; set; }

    /// <summary>What its name, meter and so on are taken to hold in memory.</summary>
    public int Bytes { get; init; }

    public List<MetricPointData> Points { get; } = [];
}

/// <summary>A data point as it arrives.</summary>
internal struct MetricPointData
{
    public KeyValue[] Attributes;
    public int AttributeBytes;
    public ulong StartUnixNano;
    public ulong TimeUnixNano;
    public double Value;
    public DistributionValue? Distribution;
    public Exemplar[] Exemplars;
}
