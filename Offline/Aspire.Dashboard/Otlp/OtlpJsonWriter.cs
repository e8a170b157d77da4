using System.Globalization;
using System.Text.Json;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Otlp;

/// <summary>Writes telemetry as OTLP JSON: grouped by resource and scope, ids in hexadecimal, 64-bit numbers as texts, enums as numbers.</summary>
internal static class OtlpJsonWriter
{
    public static void WriteSpans(Utf8JsonWriter json, IEnumerable<Span> spans) =>
        WriteGroups(json, "resourceSpans", "scopeSpans", "spans", spans, static s => (s.Resource, s.Scope), WriteSpan);

    public static void WriteLogs(Utf8JsonWriter json, IEnumerable<LogRecord> records) =>
        WriteGroups(json, "resourceLogs", "scopeLogs", "logRecords", records, static r => (r.Resource, r.Scope), WriteRecord);

    public static void WriteMetrics(Utf8JsonWriter json, IEnumerable<Instrument> instruments) =>
        WriteGroups(json, "resourceMetrics", "scopeMetrics", "metrics", instruments, static i => (i.Resource, i.Meter), WriteInstrument);

    /// <summary>An object with the one member that a group of spans or records makes.</summary>
    private static void WriteGroups<T>(
        Utf8JsonWriter json, string resources, string scopes, string items, IEnumerable<T> all, Func<T, (TelemetryResource Resource, InstrumentationScope Scope)> keyOf, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject();
        json.WriteStartArray(resources);
        foreach (var resource in all.GroupBy(item => keyOf(item).Resource))
        {
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, "attributes", resource.Key.Attributes);
            json.WriteEndObject();
            json.WriteStartArray(scopes);
            foreach (var scope in resource.GroupBy(item => (keyOf(item).Scope.Name, keyOf(item).Scope.Version)))
            {
                json.WriteStartObject();
                json.WriteStartObject("scope");
                json.WriteString("name", scope.Key.Name);
                json.WriteString("version", scope.Key.Version);
                WriteAttributes(json, "attributes", keyOf(scope.First()).Scope.Attributes);
                json.WriteEndObject();
                json.WriteStartArray(items);
                foreach (var item in scope)
                {
                    json.WriteStartObject();
                    write(json, item);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, Span span)
    {
        json.WriteString("traceId", span.TraceId.ToString());
        json.WriteString("spanId", span.SpanId.ToString());
        WriteText(json, "traceState", span.TraceState);
        json.WriteString("parentSpanId", span.ParentSpanId.IsEmpty ? "" : span.ParentSpanId.ToString());
        WriteNumber(json, "flags", span.Flags);
        json.WriteString("name", span.Name);
        json.WriteNumber("kind", (int)span.Kind);
        WriteLong(json, "startTimeUnixNano", span.StartUnixNano);
        WriteLong(json, "endTimeUnixNano", span.EndUnixNano);
        WriteAttributes(json, "attributes", span.Attributes);
        WriteNumber(json, "droppedAttributesCount", span.DroppedAttributesCount);
        WriteEvents(json, span);
        WriteNumber(json, "droppedEventsCount", span.DroppedEventsCount);
        WriteLinks(json, span);
        WriteNumber(json, "droppedLinksCount", span.DroppedLinksCount);
        json.WriteStartObject("status");
        WriteText(json, "message", span.StatusMessage);
        json.WriteNumber("code", (int)span.Status);
        json.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter json, Span span)
    {
        if (span.Events.Count == 0)
        {
            return;
        }

        json.WriteStartArray("events");
        foreach (var happened in span.Events)
        {
            json.WriteStartObject();
            WriteLong(json, "timeUnixNano", happened.TimeUnixNano);
            json.WriteString("name", happened.Name);
            WriteAttributes(json, "attributes", happened.Attributes);
            WriteNumber(json, "droppedAttributesCount", happened.DroppedAttributesCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter json, Span span)
    {
        if (span.Links.Count == 0)
        {
            return;
        }

        json.WriteStartArray("links");
        foreach (var link in span.Links)
        {
            json.WriteStartObject();
            json.WriteString("traceId", link.TraceId.ToString());
            json.WriteString("spanId", link.SpanId.ToString());
            WriteText(json, "traceState", link.TraceState);
            WriteAttributes(json, "attributes", link.Attributes);
            WriteNumber(json, "droppedAttributesCount", link.DroppedAttributesCount);
            WriteNumber(json, "flags", link.Flags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, LogRecord record)
    {
        WriteLong(json, "timeUnixNano", record.TimeUnixNano);
        json.WriteNumber("severityNumber", record.SeverityNumber);
        WriteText(json, "severityText", record.SeverityText);
        json.WritePropertyName("body");
        WriteValue(json, record.Body);
        WriteAttributes(json, "attributes", record.Attributes);
        WriteNumber(json, "droppedAttributesCount", record.DroppedAttributesCount);
        WriteNumber(json, "flags", record.Flags);
        WriteText(json, "traceId", record.TraceId.IsEmpty ? null : record.TraceId.ToString());
        WriteText(json, "spanId", record.SpanId.IsEmpty ? null : record.SpanId.ToString());
        WriteText(json, "eventName", record.EventName);
    }

    private static void WriteInstrument(Utf8JsonWriter json, Instrument instrument)
    {
        json.WriteString("name", instrument.Name);
        json.WriteString("description", instrument.Description);
        json.WriteString("unit", instrument.Unit);
        json.WriteStartObject(instrument.Kind switch
        {
            InstrumentKind.Gauge => "gauge",
            InstrumentKind.Sum => "sum",
            InstrumentKind.Histogram => "histogram",
            _ => "summary",
        });
        json.WriteStartArray("dataPoints");
        foreach (var dimension in instrument.Dimensions)
        {
            foreach (var point in dimension.GetPoints(DateTime.UnixEpoch))
            {
                WritePoint(json, instrument, dimension, point, point.FirstUnixNano);
                if (point.LastUnixNano != point.FirstUnixNano)
                {
                    WritePoint(json, instrument, dimension, point, point.LastUnixNano);
                }
            }
        }

        json.WriteEndArray();
        if (instrument.Kind is InstrumentKind.Sum or InstrumentKind.Histogram)
        {
            json.WriteNumber("aggregationTemporality", instrument.IsDelta ? 1 : 2);
        }

        if (instrument.Kind == InstrumentKind.Sum)
        {
            json.WriteBoolean("isMonotonic", instrument.IsMonotonic);
        }

        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, Instrument instrument, Dimension dimension, MetricPoint point, ulong time)
    {
        json.WriteStartObject();
        WriteAttributes(json, "attributes", dimension.Attributes);
        WriteLong(json, "startTimeUnixNano", dimension.StartUnixNano);
        WriteLong(json, "timeUnixNano", time);
        if (point.Distribution is { } distribution)
        {
            WriteDistribution(json, instrument.Kind, point.Value, distribution);
        }
        else if (instrument.IsInteger)
        {
            json.WriteString("asInt", ((long)point.Value).ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            WriteDouble(json, "asDouble", point.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteDistribution(Utf8JsonWriter json, InstrumentKind kind, double sum, DistributionValue distribution)
    {
        WriteLong(json, "count", distribution.Count);
        WriteDouble(json, "sum", sum);
        if (kind == InstrumentKind.Summary)
        {
            json.WriteStartArray("quantileValues");
            foreach (var (quantile, value) in distribution.Quantiles)
            {
                json.WriteStartObject();
                WriteDouble(json, "quantile", quantile);
                WriteDouble(json, "value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            return;
        }

        json.WriteStartArray("bucketCounts");
        foreach (var count in distribution.Counts)
        {
            json.WriteStringValue(count.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
        json.WriteStartArray("explicitBounds");
        foreach (var bound in distribution.Bounds)
        {
            WriteDouble(json, bound);
        }

        json.WriteEndArray();
        if (distribution.Min is { } min)
        {
            WriteDouble(json, "min", min);
        }

        if (distribution.Max is { } max)
        {
            WriteDouble(json, "max", max);
        }
    }

    private static void WriteAttributes(Utf8JsonWriter json, string name, AttributeList attributes)
    {
        json.WriteStartArray(name);
        foreach (var attribute in attributes.AsSpan())
        {
            WriteKeyValue(json, attribute);
        }

        json.WriteEndArray();
    }

    private static void WriteKeyValue(Utf8JsonWriter json, KeyValue attribute)
    {
        json.WriteStartObject();
        json.WriteString("key", attribute.Key);
        json.WritePropertyName("value");
        WriteValue(json, attribute.Value);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        json.WriteStartObject();
        switch (value)
        {
            case string text:
                json.WriteString("stringValue", text);
                break;
            case bool flag:
                json.WriteBoolean("boolValue", flag);
                break;
            case long number:
                json.WriteString("intValue", number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                WriteDouble(json, "doubleValue", number);
                break;
            case byte[] bytes:
                json.WriteBase64String("bytesValue", bytes);
                break;
            case KeyValue[] map:
                json.WriteStartObject("kvlistValue");
                WriteAttributes(json, "values", new(map));
                json.WriteEndObject();
                break;
            case object?[] items:
                json.WriteStartObject("arrayValue");
                json.WriteStartArray("values");
                foreach (var item in items)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, uint number)
    {
        if (number != 0)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteLong(Utf8JsonWriter json, string name, ulong number) => json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));

    private static void WriteDouble(Utf8JsonWriter json, string name, double number)
    {
        json.WritePropertyName(name);
        WriteDouble(json, number);
    }

    /// <summary>JSON has no such numbers; protobuf's JSON form has these names for them.</summary>
    private static void WriteDouble(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        }
    }
}
