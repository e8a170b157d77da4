using Microsoft.Extensions.Configuration;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// What the dashboard holds at most, from <c>Dashboard:TelemetryLimits:*</c>. The first seven have the published names and defaults;
/// the byte bounds are our own, so that few but huge items can't fill the memory either.
/// </summary>
public sealed class TelemetryLimits
{
    /// <summary>Log records kept.</summary>
    public int MaxLogCount { get; init; } = 10_000;

    /// <summary>Traces kept, each with all of its spans.</summary>
    public int MaxTraceCount { get; init; } = 10_000;

    /// <summary>Data points kept of each metric and each combination of its attributes.</summary>
    public int MaxMetricsCount { get; init; } = 50_000;

    /// <summary>Attributes kept of one record, span, event, link, scope or resource.</summary>
    public int MaxAttributeCount { get; init; } = 128;

    /// <summary>Characters kept of an attribute's value.</summary>
    public int MaxAttributeLength { get; init; } = int.MaxValue;

    /// <summary>Events kept of one span.</summary>
    public int MaxSpanEventCount { get; init; } = int.MaxValue;

    /// <summary>Senders known at a time.</summary>
    public int MaxResourceCount { get; init; } = 10_000;

    /// <summary>Bytes of log records kept.</summary>
    public long MaxLogBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of spans kept.</summary>
    public long MaxTraceBytes { get; init; } = 128L << 20;

    /// <summary>Bytes of data points kept.</summary>
    public long MaxMetricBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of one export request, after decompression.</summary>
    public int MaxRequestBytes { get; init; } = 32 << 20;

    /// <summary>Bytes of all export requests being read at a time; beyond it senders are told to come back later.</summary>
    public long MaxRequestBytesInFlight { get; init; } = 96L << 20;

    /// <summary>Reads the section; a value that is not a positive number is an error that names its key.</summary>
    public static TelemetryLimits FromConfiguration(IConfiguration? configuration)
    {
        var section = configuration?.GetSection("Dashboard:TelemetryLimits");
        var defaults = new TelemetryLimits();
        return new()
        {
            MaxLogCount = Read(section, nameof(MaxLogCount), defaults.MaxLogCount),
            MaxTraceCount = Read(section, nameof(MaxTraceCount), defaults.MaxTraceCount),
            MaxMetricsCount = Read(section, nameof(MaxMetricsCount), defaults.MaxMetricsCount),
            MaxAttributeCount = Read(section, nameof(MaxAttributeCount), defaults.MaxAttributeCount),
            MaxAttributeLength = Read(section, nameof(MaxAttributeLength), defaults.MaxAttributeLength),
            MaxSpanEventCount = Read(section, nameof(MaxSpanEventCount), defaults.MaxSpanEventCount),
            MaxResourceCount = Read(section, nameof(MaxResourceCount), defaults.MaxResourceCount),
            MaxLogBytes = Read(section, nameof(MaxLogBytes), defaults.MaxLogBytes),
            MaxTraceBytes = Read(section, nameof(MaxTraceBytes), defaults.MaxTraceBytes),
            MaxMetricBytes = Read(section, nameof(MaxMetricBytes), defaults.MaxMetricBytes),
            MaxRequestBytes = Read(section, nameof(MaxRequestBytes), defaults.MaxRequestBytes),
            MaxRequestBytesInFlight = Read(section, nameof(MaxRequestBytesInFlight), defaults.MaxRequestBytesInFlight),
        };
    }

    private static T Read<T>(IConfigurationSection? section, string name, T fallback) where T : struct, System.Numerics.INumber<T>
    {
        var text = section?[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        return T.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value > T.Zero
            ? value
            : throw new InvalidOperationException($"Dashboard:TelemetryLimits:{name} must be a positive number, not '{text}'.");
    }
}
