namespace Aspire.Dashboard.Telemetry;

/// <summary>What a change, a limit or an account is about.</summary>
public enum TelemetrySignal
{
    /// <summary>Log records.</summary>
    Logs,

    /// <summary>Spans and the traces they form.</summary>
    Traces,

    /// <summary>Data points of metrics.</summary>
    Metrics,
}
