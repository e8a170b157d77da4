namespace Aspire.Dashboard.Telemetry;

/// <summary>A structured log record. Immutable.</summary>
public sealed class LogRecord
{
    /// <summary>Its place in the order of arrival, from 1; what live pages ask "newer than" with.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Who sent it.</summary>
    public required TelemetryResource Resource { get; init; }

    /// <summary>Its logger.</summary>
    public required InstrumentationScope Scope { get; init; }

    /// <summary>The logger's category.</summary>
    public string Category => Scope.Name;

    /// <summary>When it happened; when it was observed, if that is all that was sent.</summary>
    public ulong TimeUnixNano { get; init; }

    /// <summary><see cref="TimeUnixNano"/> in UTC, to 100 ns.</summary>
    public DateTime Timestamp => UnixTime.ToDateTime(TimeUnixNano);

    /// <summary>OTLP's number, 0 to 24.</summary>
    public int SeverityNumber { get; init; }

    /// <summary>The level.</summary>
    public LogSeverity Severity => SeverityNumber is < 1 or > 24 ? LogSeverity.Unspecified : (LogSeverity)((SeverityNumber + 3) / 4);

    /// <summary>The sender's own word for the level.</summary>
    public string SeverityText { get; init; } = "";

    /// <summary>The body; see <see cref="KeyValue"/> for the types.</summary>
    public object? Body { get; init; }

    /// <summary>The body as text: untrusted, encode it.</summary>
    public string Message => KeyValue.Format(Body);

    /// <summary>The attributes, without the message template.</summary>
    public AttributeList Attributes { get; init; }

    /// <summary>The message template (<c>{OriginalFormat}</c>), if sent.</summary>
    public string? OriginalFormat => Attributes["{OriginalFormat}"];

    /// <summary>The event's name, if it has one.</summary>
    public string? EventName { get; init; }

    /// <summary>The trace it was written in; empty outside of one.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>The span it was written in; empty outside of one.</summary>
    public SpanId SpanId { get; init; }

    /// <summary>The span's parent, where the sender adds it as an attribute.</summary>
    public string? ParentId => Attributes["ParentId"];

    /// <summary>W3C trace flags.</summary>
    public uint Flags { get; init; }

    /// <summary>Attributes the sender or a limit left out.</summary>
    public uint DroppedAttributesCount { get; init; }

    /// <summary>The exception, as text, if it records one: the stack trace or else the message.</summary>
    public string? ExceptionText => Attributes["exception.stacktrace"] ?? Attributes["exception.message"];

    /// <summary>What it is taken to hold in memory.</summary>
    internal int Bytes { get; init; }
}
