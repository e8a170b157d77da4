using System.Globalization;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// A condition on a field of a log record or a span. The field is one of <see cref="LogFields"/> or <see cref="TraceFields"/>,
/// or else the name of an attribute (of the item, or of its resource).
/// </summary>
public sealed record TelemetryFilter(string Field, FilterCondition Condition, string Value)
{
    /// <summary>A filter that is off lets everything through.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The known fields of log records.</summary>
    public static IReadOnlyList<string> LogFields { get; } =
        ["log.message", "log.category", "log.level", "log.traceid", "log.spanid", "log.parentid", "log.originalformat", "log.eventname", "log.timestamp", "resource"];

    /// <summary>The known fields of spans. <c>trace.duration</c> is in milliseconds or has a unit (<c>1.5s</c>, <c>20ms</c>, <c>300us</c>).</summary>
    public static IReadOnlyList<string> TraceFields { get; } =
        ["trace.name", "trace.kind", "trace.status", "trace.traceid", "trace.spanid", "trace.duration", "trace.timestamp", "trace.statusmessage", "trace.parentid", "trace.destination", "resource"];

    internal bool Matches(LogRecord record) => !Enabled || Field switch
    {
        "log.message" => MatchesText(record.Message),
        "log.category" => MatchesText(record.Category),
        "log.level" => MatchesLevel(record.Severity),
        "log.traceid" => MatchesText(record.TraceId.IsEmpty ? "" : record.TraceId.ToString()),
        "log.spanid" => MatchesText(record.SpanId.IsEmpty ? "" : record.SpanId.ToString()),
        "log.parentid" => MatchesText(record.ParentId ?? ""),
        "log.originalformat" => MatchesText(record.OriginalFormat ?? ""),
        "log.eventname" => MatchesText(record.EventName ?? ""),
        "log.timestamp" => MatchesTime(record.Timestamp),
        "resource" => MatchesResource(record.Resource),
        _ => MatchesAttribute(record.Attributes, record.Resource),
    };

    internal bool Matches(Span span, PeerResolver? peers) => !Enabled || Field switch
    {
        "trace.name" => MatchesText(span.Name),
        "trace.kind" => MatchesText(span.Kind.ToString()),
        "trace.status" => MatchesText(span.Status.ToString()),
        "trace.traceid" => MatchesText(span.TraceId.ToString()),
        "trace.spanid" => MatchesText(span.SpanId.ToString()),
        "trace.duration" => MatchesDuration(span.Duration),
        "trace.timestamp" => MatchesTime(span.StartTime),
        "trace.statusmessage" => MatchesText(span.StatusMessage ?? ""),
        "trace.parentid" => MatchesText(span.ParentSpanId.IsEmpty ? "" : span.ParentSpanId.ToString()),
        "trace.destination" => MatchesText(peers?.Resolve(span) ?? ""),
        "resource" => MatchesResource(span.Resource),
        _ => MatchesAttribute(span.Attributes, span.Resource),
    };

    private bool Negative => Condition is FilterCondition.NotEqual or FilterCondition.NotContains;

    private bool MatchesResource(TelemetryResource resource) =>
        Negative
            ? MatchesText(resource.UniqueName) && MatchesText(resource.Name)
            : MatchesText(resource.UniqueName) || MatchesText(resource.Name);

    private bool MatchesAttribute(AttributeList attributes, TelemetryResource resource)
    {
        var text = attributes[Field] ?? resource.Attributes[Field];
        return text is null ? Negative : MatchesText(text);
    }

    private bool MatchesText(string text) => Condition switch
    {
        FilterCondition.Equals => string.Equals(text, Value, StringComparison.OrdinalIgnoreCase),
        FilterCondition.NotEqual => !string.Equals(text, Value, StringComparison.OrdinalIgnoreCase),
        FilterCondition.Contains => text.Contains(Value, StringComparison.OrdinalIgnoreCase),
        FilterCondition.NotContains => !text.Contains(Value, StringComparison.OrdinalIgnoreCase),
        _ => double.TryParse(text, CultureInfo.InvariantCulture, out var number)
            && double.TryParse(Value, CultureInfo.InvariantCulture, out var limit)
            && MatchesOrder(number.CompareTo(limit)),
    };

    private bool MatchesLevel(LogSeverity severity) =>
        Condition is FilterCondition.Contains or FilterCondition.NotContains || !Enum.TryParse<LogSeverity>(Value, ignoreCase: true, out var level)
            ? MatchesText(severity.ToString())
            : MatchesOrder(severity.CompareTo(level));

    private bool MatchesTime(DateTime time) =>
        DateTime.TryParse(Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var limit)
            ? MatchesOrder(time.CompareTo(limit))
            : MatchesText(time.ToString("O", CultureInfo.InvariantCulture));

    private bool MatchesDuration(TimeSpan duration) =>
        TryParseDuration(Value, out var limit) ? MatchesOrder(duration.CompareTo(limit)) : Negative;

    private bool MatchesOrder(int order) => Condition switch
    {
        FilterCondition.GreaterThan => order > 0,
        FilterCondition.LessThan => order < 0,
        FilterCondition.GreaterThanOrEqual => order >= 0,
        FilterCondition.LessThanOrEqual => order <= 0,
        FilterCondition.NotEqual or FilterCondition.NotContains => order != 0,
        _ => order == 0,
    };

    /// <summary>Reads <c>1.5s</c>, <c>20ms</c>, <c>300us</c> or a plain number of milliseconds.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.TrimEnd("smuµn ").Length;
        double? unit = trimmed[digits..].Trim() switch
        {
            "" or "ms" => 1,
            "s" => 1_000,
            "us" or "µs" => 0.001,
            "ns" => 0.000_001,
            "m" => 60_000,
            _ => null,
        };
        var valid = double.TryParse(trimmed[..digits], CultureInfo.InvariantCulture, out var number) && unit is not null && Math.Abs(number * unit.Value) < 1e14;
        duration = valid ? TimeSpan.FromTicks((long)(number * unit!.Value * TimeSpan.TicksPerMillisecond)) : default;
        return valid;
    }
}
