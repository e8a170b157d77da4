using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Aspire.Dashboard.Otlp;
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
    [InlineData(OtlpExportProtocol.Grpc, false)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, false)]
    [InlineData(OtlpExportProtocol.Grpc, true)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, true)]
    public async Task The_sdk_sends_all_three_signals_and_they_arrive_whole(OtlpExportProtocol protocol, bool gzip)
    {
        using var gzipping = new GzipHandler();
        await using var receiver = await Receiver.StartAsync(o => o.OtlpApiKey = Receiver.ApiKey);
        var name = $"Test.{protocol}";
        var resource = ResourceBuilder.CreateEmpty().AddService("counter", serviceInstanceId: "abc");
        void Export(OtlpExporterOptions options, string path)
        {
            options.Protocol = protocol;
            options.Endpoint = new(protocol == OtlpExportProtocol.Grpc ? receiver.Host.OtlpGrpcUrl! : receiver.Host.OtlpHttpUrl + path);
            options.Headers = $"x-otlp-api-key={Receiver.ApiKey}";
            if (gzip)
            {
                options.HttpClientFactory = () => new(gzipping, disposeHandler: false);
            }
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

        Assert.Equal(gzip, gzipping.Requests > 0);
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
        await AssertTheSameArrivesAsJson(receiver);
    }

    /// <summary>What the dashboard exports, OTLP in JSON, sent on to a second dashboard: there it is the same.</summary>
    private static async Task AssertTheSameArrivesAsJson(Receiver first)
    {
        await using var second = await Receiver.StartAsync();
        foreach (var signal in (string[])["traces", "logs", "metrics"])
        {
            var told = await ExportAsync(first, signal);
            Receiver.MustBe(HttpStatusCode.OK, await second.PostJsonAsync($"/v1/{signal}", told));
            Assert.Equal(told, await ExportAsync(second, signal));
        }

        static async Task<string> ExportAsync(Receiver receiver, string signal)
        {
            using var response = await receiver.GetAsync("/api/data/export");
            await using var zip = new ZipArchive(new MemoryStream(await response.Content.ReadAsByteArrayAsync()));
            using var file = new StreamReader(await zip.GetEntry($"{signal}.json")!.OpenAsync());
            return await file.ReadToEndAsync();
        }
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
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    public async Task Json_says_in_words_what_is_no_finite_number(string text, double number)
    {
        await using var receiver = await Receiver.StartAsync();
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1, attributes: $$$"""{"key":"n","value":{"doubleValue":"{{{text}}}"}}""")));
        Assert.Equal(number, Assert.Single(receiver.Host.Telemetry.Traces.QuerySpans(new()).Items).Attributes.Find("n")!.Value);
    }

    [Fact]
    public async Task A_text_in_json_that_is_no_unicode_is_mended_and_costs_none_of_its_neighbours()
    {
        // A browser writes half of a surrogate pair as an escape.
        await using var receiver = await Receiver.StartAsync();
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1, @"\ud83d \\ud83d \ud83d\ude00 \u0041\n\/\""")));
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostAsync("/v1/traces", Encoding.Latin1.GetBytes(Receiver.Span(2, "caf\u00e9")), "application/json"));
        Assert.Equal(["\ufffd \\ud83d \ud83d\ude00 A\n/\"", "caf\ufffd"], receiver.Host.Telemetry.Traces.QuerySpans(new()).Items.Select(s => s.Name));
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
        Receiver.MustBe(HttpStatusCode.RequestEntityTooLarge, await receiver.PostAsync("/v1/traces", Gzip(new byte[50_000_000]), "application/json", "gzip"));
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
        var (status, details) = await receiver.PostGrpcAsync(TracesOverGrpc, new byte[10_000]);
        Assert.Equal("8", status);
        Assert.Contains("google.rpc.RetryInfo", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_is_never_asked_for_again()
    {
        await using var receiver = await Receiver.StartAsync(null, ("MaxRequestBytes", "100000"));
        using var response = await receiver.PostAsync("/v1/traces", new byte[300_000], "application/x-protobuf");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Null(response.Headers.RetryAfter);
        var (status, details) = await receiver.PostGrpcAsync(TracesOverGrpc, new byte[300_000]);
        Assert.Equal("8", status);
        Assert.DoesNotContain("RetryInfo", details, StringComparison.Ordinal);
        Assert.Equal(2, receiver.Host.Telemetry.Traces.GetAccount().RefusedRequests);
    }

    [Fact]
    public async Task A_million_attribute_names_on_a_span_are_counted_and_the_first_ones_kept()
    {
        const int Names = 1_000_000;
        await using var receiver = await Receiver.StartAsync();
        var attributes = string.Join(',', Enumerable.Range(0, Names).Select(i => $$"""{"key":"{{i}}"}"""));
        var message = OtlpJsonReader.ToProtobuf(Encoding.UTF8.GetBytes(Receiver.Span(1, attributes: attributes)), OtlpSchema.Traces, int.MaxValue);
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostAsync("/v1/traces", message, "application/x-protobuf"));
        var span = Assert.Single(receiver.Host.Telemetry.Traces.QuerySpans(new()).Items);
        Assert.Equal(128, span.Attributes.Count);
        Assert.Equal((uint)(Names - 128), span.DroppedAttributesCount);
    }

    [Fact]
    public async Task Distinct_attribute_names_without_end_stay_within_the_memory_and_the_page()
    {
        const int Spans = 10_000;
        const long MaxBytes = 4 << 20;
        await using var receiver = await Receiver.StartAsync(null, ("MaxTraceBytes", $"{MaxBytes}"));
        for (var span = 1; span <= Spans; span += 1_000)
        {
            var spans = Enumerable.Range(span, 1_000).Select(i => $$"""{"traceId":"{{i:x32}}","spanId":"{{i:x16}}","name":"x","attributes":[{{string.Join(',', Enumerable.Range(0, 100).Select(a => $$$"""{"key":"{{{i}}}.{{{a}}}","value":{"stringValue":"v"}}"""))}}]}""");
            Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/traces", $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{string.Join(',', spans)}}]}]}]}"""));
        }

        var account = receiver.Host.Telemetry.Traces.GetAccount();
        Assert.Equal(Spans, account.Received);
        Assert.Equal(Spans, account.Kept + account.Evicted);
        Assert.InRange(account.Bytes, 1, MaxBytes);
        Assert.Equal(200, receiver.Host.Telemetry.Traces.GetAttributeNames(200).Count);
        using var page = await receiver.GetAsync("/traces");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.InRange((await page.Content.ReadAsByteArrayAsync()).Length, 1, 1_000_000);
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

    private const string TracesOverGrpc = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    /// <summary>Compresses what the SDK sends, as its exporters in other languages do when they are told to.</summary>
    private sealed class GzipHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _requests;

        public int Requests => _requests;

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => base.Send(Compress(request), cancellationToken);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(Compress(request), cancellationToken);

        private HttpRequestMessage Compress(HttpRequestMessage request)
        {
            Interlocked.Increment(ref _requests);
            using var target = new MemoryStream();
            request.Content!.CopyTo(target, null, default);
            var body = target.ToArray();
            var type = request.Content.Headers.ContentType!;
            if (type.MediaType == "application/grpc")
            {
                var message = Gzip(body.AsSpan(5));
                body = [1, 0, 0, 0, 0, .. message];
                BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), message.Length);
                request.Headers.Add("grpc-encoding", "gzip");
                request.Content = new ByteArrayContent(body);
            }
            else
            {
                request.Content = new ByteArrayContent(Gzip(body));
                request.Content.Headers.ContentEncoding.Add("gzip");
            }

            request.Content.Headers.ContentType = type;
            return request;
        }
    }
}
