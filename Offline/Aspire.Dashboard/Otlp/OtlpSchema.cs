namespace Aspire.Dashboard.Otlp;

/// <summary>How a field of OTLP is written in protobuf, and so how it reads in JSON.</summary>
internal enum OtlpFieldType
{
    Message,
    Text,
    Hex,
    Base64,
    Varint,
    ZigZag,
    Fixed64,
    Fixed32,
    Double,
    Bool,
}

/// <summary>A field: its number, its type and, for messages, what is in it.</summary>
internal sealed record OtlpField(int Number, OtlpFieldType Type, OtlpMessage? Message = null);

/// <summary>The fields of a message by their names in JSON.</summary>
internal sealed class OtlpMessage
{
    private readonly Dictionary<string, OtlpField> _fields = new(StringComparer.Ordinal);

    public OtlpField? Find(string name) => _fields.GetValueOrDefault(name);

    public OtlpMessage With(string name, int number, OtlpFieldType type, OtlpMessage? message = null)
    {
        _fields.Add(name, new(number, type, message));
        return this;
    }
}

/// <summary>The three export requests as tables.</summary>
internal static class OtlpSchema
{
    static OtlpSchema()
    {
        var value = new OtlpMessage();
        var keyValue = new OtlpMessage().With("key", 1, OtlpFieldType.Text).With("value", 2, OtlpFieldType.Message, value);
        value.With("stringValue", 1, OtlpFieldType.Text).With("boolValue", 2, OtlpFieldType.Bool).With("intValue", 3, OtlpFieldType.Varint)
            .With("doubleValue", 4, OtlpFieldType.Double)
            .With("arrayValue", 5, OtlpFieldType.Message, new OtlpMessage().With("values", 1, OtlpFieldType.Message, value))
            .With("kvlistValue", 6, OtlpFieldType.Message, new OtlpMessage().With("values", 1, OtlpFieldType.Message, keyValue))
            .With("bytesValue", 7, OtlpFieldType.Base64);
        var resource = new OtlpMessage().With("attributes", 1, OtlpFieldType.Message, keyValue);
        var scope = new OtlpMessage().With("name", 1, OtlpFieldType.Text).With("version", 2, OtlpFieldType.Text).With("attributes", 3, OtlpFieldType.Message, keyValue);

        Traces = Request("resourceSpans", "scopeSpans", "spans", resource, scope, Span(keyValue));
        Logs = Request("resourceLogs", "scopeLogs", "logRecords", resource, scope, LogRecord(keyValue, value));
        Metrics = Request("resourceMetrics", "scopeMetrics", "metrics", resource, scope, Metric(keyValue));
    }

    public static OtlpMessage Traces { get; }

    public static OtlpMessage Logs { get; }

    public static OtlpMessage Metrics { get; }

    private static OtlpMessage Request(string resources, string scopes, string items, OtlpMessage resource, OtlpMessage scope, OtlpMessage item)
    {
        var batch = new OtlpMessage().With("scope", 1, OtlpFieldType.Message, scope).With(items, 2, OtlpFieldType.Message, item);
        var sender = new OtlpMessage().With("resource", 1, OtlpFieldType.Message, resource).With(scopes, 2, OtlpFieldType.Message, batch);
        return new OtlpMessage().With(resources, 1, OtlpFieldType.Message, sender);
    }

    private static OtlpMessage Span(OtlpMessage keyValue) => new OtlpMessage()
        .With("traceId", 1, OtlpFieldType.Hex).With("spanId", 2, OtlpFieldType.Hex).With("traceState", 3, OtlpFieldType.Text)
        .With("parentSpanId", 4, OtlpFieldType.Hex).With("name", 5, OtlpFieldType.Text).With("kind", 6, OtlpFieldType.Varint)
        .With("startTimeUnixNano", 7, OtlpFieldType.Fixed64).With("endTimeUnixNano", 8, OtlpFieldType.Fixed64)
        .With("attributes", 9, OtlpFieldType.Message, keyValue).With("droppedAttributesCount", 10, OtlpFieldType.Varint)
        .With("events", 11, OtlpFieldType.Message, new OtlpMessage()
            .With("timeUnixNano", 1, OtlpFieldType.Fixed64).With("name", 2, OtlpFieldType.Text)
            .With("attributes", 3, OtlpFieldType.Message, keyValue).With("droppedAttributesCount", 4, OtlpFieldType.Varint))
        .With("droppedEventsCount", 12, OtlpFieldType.Varint)
        .With("links", 13, OtlpFieldType.Message, new OtlpMessage()
            .With("traceId", 1, OtlpFieldType.Hex).With("spanId", 2, OtlpFieldType.Hex).With("traceState", 3, OtlpFieldType.Text)
            .With("attributes", 4, OtlpFieldType.Message, keyValue).With("droppedAttributesCount", 5, OtlpFieldType.Varint).With("flags", 6, OtlpFieldType.Fixed32))
        .With("droppedLinksCount", 14, OtlpFieldType.Varint)
        .With("status", 15, OtlpFieldType.Message, new OtlpMessage().With("message", 2, OtlpFieldType.Text).With("code", 3, OtlpFieldType.Varint))
        .With("flags", 16, OtlpFieldType.Fixed32);

    private static OtlpMessage LogRecord(OtlpMessage keyValue, OtlpMessage value) => new OtlpMessage()
        .With("timeUnixNano", 1, OtlpFieldType.Fixed64).With("severityNumber", 2, OtlpFieldType.Varint).With("severityText", 3, OtlpFieldType.Text)
        .With("body", 5, OtlpFieldType.Message, value).With("attributes", 6, OtlpFieldType.Message, keyValue)
        .With("droppedAttributesCount", 7, OtlpFieldType.Varint).With("flags", 8, OtlpFieldType.Fixed32)
        .With("traceId", 9, OtlpFieldType.Hex).With("spanId", 10, OtlpFieldType.Hex)
        .With("observedTimeUnixNano", 11, OtlpFieldType.Fixed64).With("eventName", 12, OtlpFieldType.Text);

    private static OtlpMessage Metric(OtlpMessage keyValue)
    {
        var exemplar = new OtlpMessage()
            .With("timeUnixNano", 2, OtlpFieldType.Fixed64).With("asDouble", 3, OtlpFieldType.Double).With("spanId", 4, OtlpFieldType.Hex)
            .With("traceId", 5, OtlpFieldType.Hex).With("asInt", 6, OtlpFieldType.Fixed64).With("filteredAttributes", 7, OtlpFieldType.Message, keyValue);
        OtlpMessage Point(int attributes) => new OtlpMessage()
            .With("startTimeUnixNano", 2, OtlpFieldType.Fixed64).With("timeUnixNano", 3, OtlpFieldType.Fixed64)
            .With("attributes", attributes, OtlpFieldType.Message, keyValue);
        var number = Point(7).With("asDouble", 4, OtlpFieldType.Double).With("exemplars", 5, OtlpFieldType.Message, exemplar)
            .With("asInt", 6, OtlpFieldType.Fixed64).With("flags", 8, OtlpFieldType.Varint);
        var histogram = Point(9).With("count", 4, OtlpFieldType.Fixed64).With("sum", 5, OtlpFieldType.Double)
            .With("bucketCounts", 6, OtlpFieldType.Fixed64).With("explicitBounds", 7, OtlpFieldType.Double)
            .With("exemplars", 8, OtlpFieldType.Message, exemplar).With("flags", 10, OtlpFieldType.Varint)
            .With("min", 11, OtlpFieldType.Double).With("max", 12, OtlpFieldType.Double);
        var buckets = new OtlpMessage().With("offset", 1, OtlpFieldType.ZigZag).With("bucketCounts", 2, OtlpFieldType.Varint);
        var exponential = Point(1).With("count", 4, OtlpFieldType.Fixed64).With("sum", 5, OtlpFieldType.Double).With("scale", 6, OtlpFieldType.ZigZag)
            .With("zeroCount", 7, OtlpFieldType.Fixed64).With("positive", 8, OtlpFieldType.Message, buckets).With("negative", 9, OtlpFieldType.Message, buckets)
            .With("flags", 10, OtlpFieldType.Varint).With("exemplars", 11, OtlpFieldType.Message, exemplar)
            .With("min", 12, OtlpFieldType.Double).With("max", 13, OtlpFieldType.Double).With("zeroThreshold", 14, OtlpFieldType.Double);
        var summary = Point(7).With("count", 4, OtlpFieldType.Fixed64).With("sum", 5, OtlpFieldType.Double)
            .With("quantileValues", 6, OtlpFieldType.Message, new OtlpMessage().With("quantile", 1, OtlpFieldType.Double).With("value", 2, OtlpFieldType.Double))
            .With("flags", 8, OtlpFieldType.Varint);
        OtlpMessage Data(OtlpMessage point) => new OtlpMessage().With("dataPoints", 1, OtlpFieldType.Message, point)
            .With("aggregationTemporality", 2, OtlpFieldType.Varint).With("isMonotonic", 3, OtlpFieldType.Bool);
        return new OtlpMessage()
            .With("name", 1, OtlpFieldType.Text).With("description", 2, OtlpFieldType.Text).With("unit", 3, OtlpFieldType.Text)
            .With("gauge", 5, OtlpFieldType.Message, Data(number)).With("sum", 7, OtlpFieldType.Message, Data(number))
            .With("histogram", 9, OtlpFieldType.Message, Data(histogram)).With("exponentialHistogram", 10, OtlpFieldType.Message, Data(exponential))
            .With("summary", 11, OtlpFieldType.Message, Data(summary));
    }
}
