using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Otlp;

/// <summary>Reads <c>ExportLogsServiceRequest</c> into the store.</summary>
internal sealed class OtlpLogs(OtlpReader common) : IOtlpSignal
{
    public string Path => "/v1/logs";

    public string GrpcPath => "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

    public OtlpMessage Schema => OtlpSchema.Logs;

    public void CountRefusedRequest() => common.Store.Logs.CountRefusedRequest();

    public int Export(ReadOnlySpan<byte> request)
    {
        return common.ReadItems<LogRecord>(request, Read, (records, refused) =>
        {
            common.Store.Logs.Add(records, refused);
            return refused;
        });
    }

    private LogRecord Read(ReadOnlySpan<byte> message, TelemetryResource resource, InstrumentationScope scope, List<KeyValue> attributes, ref int bytes)
    {
        OtlpReader.Hold(184, ref bytes);
        TraceId traceId = default;
        SpanId spanId = default;
        object? body = null;
        string? eventName = null;
        var severityText = "";
        ulong time = 0, observed = 0, severity = 0;
        uint flags = 0, dropped = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    time = reader.Fixed64();
                    break;
                case 2:
                    severity = reader.Unsigned();
                    break;
                case 3:
                    severityText = common.Text(reader.Bytes(), ref bytes);
                    break;
                case 5:
                    body = common.Value(reader.Bytes(), ref bytes);
                    break;
                case 6:
                    common.Add(attributes, reader.Bytes(), ref dropped, ref bytes);
                    break;
                case 7:
                    dropped += (uint)reader.Unsigned();
                    break;
                case 8:
                    flags = reader.Fixed32();
                    break;
                case 9:
                    traceId = OtlpReader.Trace(reader.Bytes());
                    break;
                case 10:
                    spanId = OtlpReader.Span(reader.Bytes());
                    break;
                case 11:
                    observed = reader.Fixed64();
                    break;
                case 12:
                    eventName = common.Text(reader.Bytes(), ref bytes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new()
        {
            Resource = resource,
            Scope = scope,
            TimeUnixNano = time != 0 ? time : observed,
            SeverityNumber = severity <= 24 ? (int)severity : 0,
            SeverityText = severityText,
            Body = body,
            Attributes = new([.. attributes]),
            DroppedAttributesCount = dropped,
            Flags = flags,
            TraceId = traceId,
            SpanId = spanId,
            EventName = string.IsNullOrEmpty(eventName) ? null : eventName,
            Bytes = bytes,
        };
    }
}
