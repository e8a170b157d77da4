using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Otlp;

/// <summary>Reads <c>ExportTraceServiceRequest</c> into the store.</summary>
internal sealed class OtlpTraces(OtlpReader common) : IOtlpSignal
{
    public string Path => "/v1/traces";

    public string GrpcPath => "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    public OtlpMessage Schema => OtlpSchema.Traces;

    public void CountRefusedRequest() => common.Store.Traces.CountRefusedRequest();

    public int Export(ReadOnlySpan<byte> request)
    {
        return common.ReadItems<Span>(request, Read, (spans, refused) =>
        {
            common.Store.Traces.Add(spans, refused);
            return refused;
        });
    }

    /// <summary>Null for a span without a valid id.</summary>
    private Span? Read(ReadOnlySpan<byte> message, TelemetryResource resource, InstrumentationScope scope, List<KeyValue> attributes, ref int bytes)
    {
        TraceId traceId = default;
        SpanId spanId = default;
        SpanId parentId = default;
        string? traceState = null;
        string? statusMessage = null;
        var name = "";
        ulong kind = 0, start = 0, end = 0, status = 0;
        uint flags = 0, droppedAttributes = 0, droppedEvents = 0, droppedLinks = 0;
        List<SpanEvent>? events = null;
        List<SpanLink>? links = null;
        OtlpReader.Hold(200, ref bytes);
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    traceId = OtlpReader.Trace(reader.Bytes());
                    break;
                case 2:
                    spanId = OtlpReader.Span(reader.Bytes());
                    break;
                case 3:
                    traceState = common.Text(reader.Bytes(), ref bytes);
                    break;
                case 4:
                    parentId = OtlpReader.Span(reader.Bytes());
                    break;
                case 5:
                    name = common.Text(reader.Bytes(), ref bytes);
                    break;
                case 6:
                    kind = reader.Unsigned();
                    break;
                case 7:
                    start = reader.Fixed64();
                    break;
                case 8:
                    end = reader.Fixed64();
                    break;
                case 9:
                    common.Add(attributes, reader.Bytes(), ref droppedAttributes, ref bytes);
                    break;
                case 10:
                    droppedAttributes += (uint)reader.Unsigned();
                    break;
                case 11 when (events?.Count ?? 0) < common.Store.Limits.MaxSpanEventCount:
                    (events ??= []).Add(Event(reader.Bytes(), ref bytes));
                    break;
                case 11:
                    reader.Skip();
                    droppedEvents++;
                    break;
                case 12:
                    droppedEvents += (uint)reader.Unsigned();
                    break;
                case 13:
                    (links ??= []).Add(Link(reader.Bytes(), ref bytes));
                    break;
                case 14:
                    droppedLinks += (uint)reader.Unsigned();
                    break;
                case 15:
                    status = Status(reader.Bytes(), ref statusMessage, ref bytes);
                    break;
                case 16:
                    flags = reader.Fixed32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (traceId.IsEmpty || spanId.IsEmpty)
        {
            return null;
        }

        return new()
        {
            Resource = resource,
            Scope = scope,
            TraceId = traceId,
            SpanId = spanId,
            ParentSpanId = parentId,
            TraceState = string.IsNullOrEmpty(traceState) ? null : traceState,
            Name = name,
            Kind = kind <= (ulong)SpanKind.Consumer ? (SpanKind)kind : SpanKind.Unspecified,
            StartUnixNano = start,
            EndUnixNano = Math.Max(start, end),
            Attributes = new([.. attributes]),
            Events = events?.ToArray() ?? [],
            Links = links?.ToArray() ?? [],
            Status = status <= (ulong)SpanStatus.Error ? (SpanStatus)status : SpanStatus.Unset,
            StatusMessage = string.IsNullOrEmpty(statusMessage) ? null : statusMessage,
            Flags = flags,
            DroppedAttributesCount = droppedAttributes,
            DroppedEventsCount = droppedEvents,
            DroppedLinksCount = droppedLinks,
            Bytes = bytes,
        };
    }

    private SpanEvent Event(ReadOnlySpan<byte> message, ref int bytes)
    {
        OtlpReader.Hold(80, ref bytes);
        ulong time = 0;
        var name = "";
        uint dropped = 0;
        List<KeyValue> attributes = [];
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    time = reader.Fixed64();
                    break;
                case 2:
                    name = common.Text(reader.Bytes(), ref bytes);
                    break;
                case 3:
                    common.Add(attributes, reader.Bytes(), ref dropped, ref bytes);
                    break;
                case 4:
                    dropped += (uint)reader.Unsigned();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, time, new([.. attributes]), dropped);
    }

    private SpanLink Link(ReadOnlySpan<byte> message, ref int bytes)
    {
        OtlpReader.Hold(96, ref bytes);
        TraceId traceId = default;
        SpanId spanId = default;
        string? traceState = null;
        uint dropped = 0, flags = 0;
        List<KeyValue> attributes = [];
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    traceId = OtlpReader.Trace(reader.Bytes());
                    break;
                case 2:
                    spanId = OtlpReader.Span(reader.Bytes());
                    break;
                case 3:
                    traceState = common.Text(reader.Bytes(), ref bytes);
                    break;
                case 4:
                    common.Add(attributes, reader.Bytes(), ref dropped, ref bytes);
                    break;
                case 5:
                    dropped += (uint)reader.Unsigned();
                    break;
                case 6:
                    flags = reader.Fixed32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(traceId, spanId, string.IsNullOrEmpty(traceState) ? null : traceState, new([.. attributes]), flags, dropped);
    }

    private ulong Status(ReadOnlySpan<byte> message, ref string? text, ref int bytes)
    {
        ulong code = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 2:
                    text = common.Text(reader.Bytes(), ref bytes);
                    break;
                case 3:
                    code = reader.Unsigned();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return code;
    }
}
