using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Aspire.Dashboard.Telemetry;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Aspire.Dashboard.Tests.Otlp;

public sealed class OtlpTests
{
    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task The_sdk_sends_all_three_signals_and_they_arrive_whole(OtlpExportProtocol protocol)
    {
        await using var receiver = await Receiver.StartAsync(o => o.OtlpApiKey = Receiver.ApiKey);
        var name = $"Test.{protocol}";
        var resource = ResourceBuilder.CreateEmpty().AddService("counter", serviceInstanceId: "abc");
        void Export(OtlpExporterOptions options, string path)
        {
            options.Protocol = protocol;
            options.Endpoint = new(protocol == OtlpExportProtocol.Grpc ? receiver.Host.OtlpGrpcUrl! : receiver.Host.OtlpHttpUrl + path);
            options.Headers = $"x-otlp-api-key={Receiver.ApiKey}";
        }

        using var source = new ActivitySource(name);
        using var meter = new Meter(name);
        var counter = meter.CreateCounter<long>("requests", "{request}", "Counted requests.");
        var duration = meter.CreateHistogram<double>("duration", "s");
        using (var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(name).AddOtlpExporter(o => Export(o, "/v1/traces")).Build())
        using (var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(name).AddOtlpExporter(o => Export(o, "/v1/metrics")).Build())
        using (var logging = LoggerFactory.Create(l => l.AddOpenTelemetry(o => o.SetResourceBuilder(resource).AddOtlpExporter(e => Export(e, "/v1/logs")))))
        {
            using (var request = source.StartActivity("GET /", ActivityKind.Server))
            {
                request!.SetTag("number", 7);
                request.AddEvent(new("counted"));
                using var redis = source.StartActivity("INCR", ActivityKind.Client, default(ActivityContext), links: [new(new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded))]);
                redis?.SetStatus(ActivityStatusCode.Error, "refused");
                logging.CreateLogger("Counting").LogWarning("Counted {Number}", 7);
            }

            counter.Add(3, new KeyValuePair<string, object?>("route", "/"));
            duration.Record(0.2);
            Assert.True(traces.ForceFlush(30_000));
            Assert.True(metrics.ForceFlush(30_000));
        }

        var store = receiver.Host.Telemetry;
        var spans = store.Traces.QuerySpans(new()).Items;
        var server = Assert.Single(spans, s => s.Name == "GET /");
        Assert.Equal(7L, server.Attributes.Find("number")!.Value);
        Assert.Equal("counted", Assert.Single(server.Events).Name);
        Assert.Equal("counter-abc", server.Resource.UniqueName);
        var client = Assert.Single(spans, s => s.Name == "INCR");
        Assert.Equal((SpanStatus.Error, "refused", Aspire.Dashboard.Telemetry.SpanKind.Client), (client.Status, client.StatusMessage, client.Kind));
        Assert.Single(client.Links);
        Assert.Equal(client, Assert.Single(store.Traces.GetBackLinks(client.Links[0].TraceId)));
        var record = Assert.Single(store.Logs.Query(new()).Items);
        Assert.Equal((LogSeverity.Warning, "Counting", client.SpanId), (record.Severity, record.Category, record.SpanId));
        var requests = Assert.Single(store.Metrics.Find("counter", name, "requests"));
        Assert.Equal(3, Assert.Single(requests.Dimensions).Latest!.Value.Value);
        Assert.Equal("/", requests.Dimensions[0].Attributes["route"]);
        var histogram = Assert.Single(store.Metrics.Find("counter", name, "duration"));
        Assert.Equal(1UL, Assert.Single(histogram.Dimensions).Latest!.Value.Distribution!.Count);
        Assert.All(store.GetAccounts(), a => Assert.Equal(a.Received, a.Kept + a.Evicted + a.Refused + a.Duplicates + a.Cleared));
    }

    [Fact]
    public async Task Json_with_hexadecimal_ids_and_numbers_as_text_is_taken()
    {
        await using var receiver = await Receiver.StartAsync();
        using var response = await receiver.PostJsonAsync("/v1/traces", Receiver.Span(10, attributes: """{"key":"n","value":{"intValue":"-5"}},{"key":"list","value":{"arrayValue":{"values":[{"doubleValue":1.5},{"boolValue":true}]}}}"""));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        var span = Assert.Single(receiver.Host.Telemetry.Traces.QuerySpans(new()).Items);
        Assert.Equal("0000000000000000000000000000000a", span.TraceId.ToString());
        Assert.Equal(-5L, span.Attributes.Find("n")!.Value);
        Assert.Equal("[1.5,true]", span.Attributes["list"]);
        Assert.Equal(TimeSpan.FromMilliseconds(500), span.Duration);

        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/logs", Receiver.Log("failed")));
        Assert.Equal((LogSeverity.Error, "failed"), receiver.Host.Telemetry.Logs.Query(new()).Items.Select(r => (r.Severity, r.Message)).Single());
    }

    [Theory]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"zz"}]}]}]}""")]
    [InlineData("application/x-protobuf", "\u0007nonsense")]
    [InlineData("application/x-protobuf", "\u000A\u007F")]
    public async Task What_is_not_otlp_is_answered_400_and_counted(string contentType, string body)
    {
        await using var receiver = await Receiver.StartAsync();
        Receiver.MustBe(HttpStatusCode.BadRequest, await receiver.PostAsync("/v1/traces", Encoding.UTF8.GetBytes(body), contentType));
        Assert.Equal((0, 1), receiver.Host.Telemetry.Traces.GetAccount() is var account ? (account.Received, account.RefusedRequests) : default);
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1)));
    }

    [Fact]
    public async Task Deep_json_and_deep_values_are_refused()
    {
        await using var receiver = await Receiver.StartAsync();
        var deep = $$"""{"x":{{string.Concat(Enumerable.Repeat("[", 100_000))}}}""";
        Receiver.MustBe(HttpStatusCode.BadRequest, await receiver.PostJsonAsync("/v1/traces", deep));
        var nested = string.Concat(Enumerable.Repeat("{\"arrayValue\":{\"values\":[", 18)) + string.Concat(Enumerable.Repeat("]}}", 18));
        Receiver.MustBe(HttpStatusCode.BadRequest, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1, attributes: $$"""{"key":"k","value":{{nested}}}""")));
        Assert.Equal(0, receiver.Host.Telemetry.Traces.Count);
    }

    [Fact]
    public async Task A_gzip_bomb_is_refused_and_gzip_is_taken()
    {
        await using var receiver = await Receiver.StartAsync(null, ("MaxRequestBytes", "1000000"));
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostAsync("/v1/traces", Gzip(Encoding.UTF8.GetBytes(Receiver.Span(1))), "application/json", "gzip"));
        Receiver.MustBe(HttpStatusCode.BadRequest, await receiver.PostAsync("/v1/traces", Gzip(new byte[50_000_000]), "application/json", "gzip"));
        Receiver.MustBe(HttpStatusCode.BadRequest, await receiver.PostAsync("/v1/traces", [1, 2, 3], "application/json", "gzip"));
        Assert.Equal(1, receiver.Host.Telemetry.Traces.Count);
    }

    [Fact]
    public async Task Beyond_what_can_be_read_at_a_time_senders_are_told_when_to_come_back()
    {
        await using var receiver = await Receiver.StartAsync(null, ("MaxRequestBytesInFlight", "2000"));
        using var response = await receiver.PostAsync("/v1/traces", new byte[10_000], "application/x-protobuf");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Spans_without_an_id_are_refused_one_by_one()
    {
        await using var receiver = await Receiver.StartAsync();
        using var response = await receiver.PostJsonAsync("/v1/traces", Receiver.Span(0));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"rejectedSpans\":\"1\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, receiver.Host.Telemetry.Traces.GetAccount().Refused);
    }

    [Fact]
    public async Task The_key_is_asked_for_and_other_sites_may_not_send()
    {
        await using var receiver = await Receiver.StartAsync(o => o.OtlpApiKey = Receiver.ApiKey);
        Receiver.MustBe(HttpStatusCode.Unauthorized, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1)));
        Receiver.MustBe(HttpStatusCode.Unauthorized, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1), "wrong"));
        Receiver.MustBe(HttpStatusCode.Forbidden, await receiver.PostAsync("/v1/traces", "{}"u8.ToArray(), "application/json", null, Receiver.ApiKey, "http://evil.example"));
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1), Receiver.ApiKey));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }
}
