namespace Aspire.Dashboard.Telemetry;

/// <summary>The level of a log record, as .NET names levels.</summary>
public enum LogSeverity
{
    /// <summary>None was sent.</summary>
    Unspecified,

    /// <summary>OTLP 1 to 4.</summary>
    Trace,

    /// <summary>OTLP 5 to 8.</summary>
    Debug,

    /// <summary>OTLP 9 to 12.</summary>
    Information,

    /// <summary>OTLP 13 to 16.</summary>
    Warning,

    /// <summary>OTLP 17 to 20.</summary>
    Error,

    /// <summary>OTLP 21 to 24.</summary>
    Critical,
}
