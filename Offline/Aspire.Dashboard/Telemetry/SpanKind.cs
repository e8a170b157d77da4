namespace Aspire.Dashboard.Telemetry;

/// <summary>The role of a span, with OTLP's numbers.</summary>
public enum SpanKind : byte
{
    /// <summary>None was sent.</summary>
    Unspecified,

    /// <summary>Work inside a process.</summary>
    Internal,

    /// <summary>The handling of a request.</summary>
    Server,

    /// <summary>A request to someone else.</summary>
    Client,

    /// <summary>A message sent.</summary>
    Producer,

    /// <summary>A message handled.</summary>
    Consumer,
}

/// <summary>How a span ended, with OTLP's numbers.</summary>
public enum SpanStatus : byte
{
    /// <summary>Nothing was said.</summary>
    Unset,

    /// <summary>Said to have gone well.</summary>
    Ok,

    /// <summary>Failed.</summary>
    Error,
}
