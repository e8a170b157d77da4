using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Aspire.Dashboard.Otlp;

namespace Dashboard.Bench;

/// <summary>A batch of 512 items, as a service under load sends them. The ids and times are made anew in place for each sending.</summary>
internal sealed class Payload
{
    private const int Size = 512;

    private readonly byte[] _bytes;
    private readonly List<int> _ids = [];
    private long _number;

    private Payload(string name, string signal, string service, OtlpMessage schema, string json)
    {
        Name = name;
        HttpPath = $"/v1/{signal}";
        GrpcPath = $"/opentelemetry.proto.collector.{service}/Export";
        var message = OtlpJsonReader.ToProtobuf(Encoding.UTF8.GetBytes(json), schema, int.MaxValue);
        _bytes = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(1), message.Length);
        message.CopyTo(_bytes, 5);
        var marker = Convert.FromHexString("feedfacefeedface");
        for (var at = 0; _bytes.AsSpan(at).IndexOf(marker) is >= 0 and var found;)
        {
            _ids.Add(at + found);
            at += found + marker.Length;
        }
    }

    public string Name { get; }

    public string HttpPath { get; }

    public string GrpcPath { get; }

    public int Count { get; } = Size;

    public static Payload Spans() => new("spans", "traces", "trace.v1.TraceService", OtlpSchema.Traces,
        Request("resourceSpans", "scopeSpans", "spans", _ =>
            """
            {"traceId":"feedfacefeedfacefeedfacefeedface","spanId":"feedfacefeedface","name":"GET /","kind":2,"startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000001000000","attributes":[
            {"key":"server.address","value":{"stringValue":"localhost"}},{"key":"server.port","value":{"intValue":3000}},{"key":"http.request.method","value":{"stringValue":"GET"}},
            {"key":"url.scheme","value":{"stringValue":"http"}},{"key":"url.path","value":{"stringValue":"/"}},{"key":"network.protocol.version","value":{"stringValue":"1.1"}},
            {"key":"http.route","value":{"stringValue":"/"}},{"key":"http.response.status_code","value":{"intValue":200}}],"status":{"code":1}}
            """));

    public static Payload Logs() => new("log records", "logs", "logs.v1.LogsService", OtlpSchema.Logs,
        Request("resourceLogs", "scopeLogs", "logRecords", i =>
            $$$"""{"timeUnixNano":"1700000000000000000","severityNumber":9,"severityText":"Information","body":{"stringValue":"Counted request {{{i}}}"},"traceId":"feedfacefeedfacefeedfacefeedface","spanId":"feedfacefeedface","attributes":[{"key":"Number","value":{"intValue":{{{i}}}}},{"key":"{OriginalFormat}","value":{"stringValue":"Counted request {Number}"}}]}"""));

    public static Payload Points() => new("data points", "metrics", "metrics.v1.MetricsService", OtlpSchema.Metrics,
        Request("resourceMetrics", "scopeMetrics", "metrics", i =>
            $$$"""{"name":"metric.{{{i % 64}}}","unit":"s","histogram":{"aggregationTemporality":2,"dataPoints":[{"startTimeUnixNano":"1700000000000000000","timeUnixNano":"1700000001000000000","count":"10","sum":{{{i.ToString(CultureInfo.InvariantCulture)}}},"bucketCounts":["1","2","3","4"],"explicitBounds":[0.1,0.5,1],"attributes":[{"key":"http.route","value":{"stringValue":"/{{{i / 64}}}"}}]}]}}"""));

    public byte[] Next(bool grpc)
    {
        foreach (var at in _ids)
        {
            BinaryPrimitives.WriteInt64BigEndian(_bytes.AsSpan(at), ++_number);
        }

        return grpc ? _bytes : _bytes[5..];
    }

    private static string Request(string resources, string scopes, string items, Func<int, string> item) =>
        $$$"""{"{{{resources}}}":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"counter"}},{"key":"service.instance.id","value":{"stringValue":"bench"}}]},"{{{scopes}}}":[{"scope":{"name":"Microsoft.AspNetCore"},"{{{items}}}":[{{{string.Join(',', Enumerable.Range(0, Size).Select(item))}}}]}]}]}""";
}
