using System.Globalization;
using System.Net;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Tests.Otlp;

/// <summary>What is made to take memory or time without measure: it is counted, refused, or costs what its bytes cost.</summary>
public sealed class HostileTests
{
    private const int Megabyte = 1 << 20;

    // Of processors, which a busy machine has few of at a time.
    private static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> LargePlaces => new()
    {
        { "traces", Span(""" "name":"HUGE" """) },
        { "traces", Span(""" "traceState":"HUGE" """) },
        { "traces", Span(""" "status":{"message":"HUGE"},"name":"x" """) },
        { "traces", Span(""" "attributes":[{"key":"HUGE"}],"name":"x" """) },
        { "traces", Span(""" "attributes":[{"key":"k","value":{"stringValue":"HUGE"}}],"name":"x" """) },
        { "traces", Span(""" "attributes":[{"key":"k","value":{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"HUGE"}]}}]}}}],"name":"x" """) },
        { "traces", Span(""" "events":[{"name":"HUGE"}],"name":"x" """) },
        { "traces", Span(""" "events":[{"attributes":[{"key":"HUGE"}]}],"name":"x" """) },
        { "traces", Span(""" "links":[{"traceState":"HUGE"}],"name":"x" """) },
        { "traces", Span(""" "links":[{"attributes":[{"key":"k","value":{"stringValue":"HUGE"}}]}],"name":"x" """) },
        { "traces", Span(""" "name":"x" """, scope: """{"name":"HUGE"}""") },
        { "traces", Span(""" "name":"x" """, scope: """{"attributes":[{"key":"k","value":{"stringValue":"HUGE"}}]}""") },
        { "logs", Log(""" "body":{"stringValue":"HUGE"} """) },
        { "logs", Log(""" "severityText":"HUGE" """) },
        { "logs", Log(""" "eventName":"HUGE" """) },
        { "logs", Log(""" "attributes":[{"key":"HUGE"}] """) },
        { "metrics", Metric(""" "name":"HUGE","sum":{"dataPoints":[{"asInt":1}]} """) },
        { "metrics", Metric(""" "description":"HUGE","sum":{"dataPoints":[{"asInt":1}]} """) },
        { "metrics", Metric(""" "unit":"HUGE","sum":{"dataPoints":[{"asInt":1}]} """) },
        { "metrics", Metric(""" "name":"x","sum":{"dataPoints":[{"asInt":1}]} """, scope: """{"version":"HUGE"}""") },
        { "metrics", Metric(""" "name":"x","sum":{"dataPoints":[{"asInt":1,"attributes":[{"key":"HUGE"}]}]} """) },
        { "metrics", Metric(""" "name":"x","sum":{"dataPoints":[{"asInt":1,"exemplars":[{"asInt":1,"filteredAttributes":[{"key":"k","value":{"stringValue":"HUGE"}}]}]}]} """) },
    };

    [Theory]
    [MemberData(nameof(LargePlaces))]
    public async Task A_text_of_a_megabyte_counts_wherever_it_is(string signal, string json)
    {
        await using var receiver = await Receiver.StartAsync();
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync($"/v1/{signal}", json.Replace("HUGE", new string('h', Megabyte), StringComparison.Ordinal)));
        var account = receiver.Host.Telemetry.GetAccounts().Single(a => a.Received > 0);
        Assert.Equal(1, account.Kept);
        Assert.InRange(account.Bytes, 2 * Megabyte, 3 * Megabyte);
    }

    [Fact]
    public async Task Short_texts_that_never_come_again_count_too()
    {
        await using var receiver = await Receiver.StartAsync();
        var attributes = string.Join(',', Enumerable.Range(0, 100).Select(i => $$$"""{"key":"{{{Guid.NewGuid()}}}","value":{"stringValue":"{{{Guid.NewGuid()}}}"}}"""));
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1, attributes: attributes)));
        Assert.InRange(receiver.Host.Telemetry.Traces.GetAccount().Bytes, 100 * 2 * 2 * 36, 50_000);
    }

    [Fact]
    public async Task Texts_that_come_again_count_once()
    {
        await using var receiver = await Receiver.StartAsync();
        for (var i = 1; i <= 200; i++)
        {
            Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(i, attributes: $$$"""{"key":"k","value":{"stringValue":"{{{new string('v', 150)}}}"}}""")));
        }

        Assert.InRange(receiver.Host.Telemetry.Traces.GetAccount().Bytes, 200 * 200, 200 * 230);
    }

    [Fact]
    public async Task Senders_with_endless_names_are_refused_beyond_their_room()
    {
        const int Senders = 40;
        await using var receiver = await Receiver.StartAsync();
        for (var i = 1; i <= Senders; i++)
        {
            var name = i.ToString(CultureInfo.InvariantCulture) + new string('n', Megabyte);
            using var response = await receiver.PostJsonAsync("/v1/traces", Receiver.Span(i).Replace("\"counter\"", $"\"{name}\"", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var account = receiver.Host.Telemetry.Traces.GetAccount();
        Assert.Equal((Senders, Senders), (account.Received, account.Kept + account.Refused));
        Assert.InRange(account.Kept, 1, 16);

        // What is known stays known, others find room once it has gone.
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/logs", Receiver.Log("x")));
        Assert.Equal(1, receiver.Host.Telemetry.Logs.GetAccount().Received);
        receiver.Host.Telemetry.Clear();
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostJsonAsync("/v1/traces", Receiver.Span(99).Replace("\"counter\"", $"\"{new string('m', Megabyte)}\"", StringComparison.Ordinal)));
        Assert.Equal(1, receiver.Host.Telemetry.Traces.GetAccount().Kept);
    }

    [Fact]
    public async Task Millions_of_empty_records_cost_what_their_bytes_cost()
    {
        const int Records = 5_000_000;
        await using var receiver = await Receiver.StartAsync();
        var before = Environment.CpuUsage.TotalTime;
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostAsync("/v1/logs", Message(1, Message(2, Repeat([0x12, 0], Records))), "application/x-protobuf"));
        var account = receiver.Host.Telemetry.Logs.GetAccount();
        Assert.Equal((Records, 10_000, Records - 10_000), (account.Received, account.Kept, account.Evicted));
        Assert.InRange(Environment.CpuUsage.TotalTime - before, TimeSpan.Zero, s_mostTime);
    }

    [Fact]
    public async Task Millions_of_scopes_and_senders_without_anything_in_them_leave_nothing()
    {
        await using var receiver = await Receiver.StartAsync();
        var before = Environment.CpuUsage.TotalTime;
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostAsync("/v1/traces", Message(1, Repeat([0x12, 0], 5_000_000)), "application/x-protobuf"));
        Receiver.MustBe(HttpStatusCode.OK, await receiver.PostAsync("/v1/traces", Repeat([0x0A, 0], 5_000_000), "application/x-protobuf"));
        Assert.Equal(0, receiver.Host.Telemetry.Traces.GetAccount().Received);
        Assert.InRange(Environment.CpuUsage.TotalTime - before, TimeSpan.Zero, s_mostTime);
    }

    [Theory]
    [InlineData(5)] // An array of nothing.
    [InlineData(6)] // A map of nothing.
    public async Task A_value_that_would_grow_in_memory_many_times_over_is_refused(int field)
    {
        await using var receiver = await Receiver.StartAsync();
        var value = Message(9, Message(2, Message(field, Repeat([0x0A, 0], 15_000_000))));
        var span = Message(2, [.. Message(1, new byte[15].Append((byte)1).ToArray()), .. Message(2, [1, 0, 0, 0, 0, 0, 0, 0]), .. value]);
        Receiver.MustBe(HttpStatusCode.BadRequest, await receiver.PostAsync("/v1/traces", Message(1, Message(2, span)), "application/x-protobuf"));
        Assert.Equal((0, 1, 0), receiver.Host.Telemetry.Traces.GetAccount() is var account ? (account.Received, account.RefusedRequests, account.Bytes) : default);
    }

    [Fact]
    public async Task A_histogram_with_millions_of_buckets_is_refused()
    {
        await using var receiver = await Receiver.StartAsync();
        var point = Message(1, Message(8, Message(2, new byte[5_000_000])));
        Receiver.MustBe(HttpStatusCode.BadRequest, await receiver.PostAsync("/v1/metrics", Message(1, Message(2, Message(2, Message(10, point)))), "application/x-protobuf"));
        Assert.Equal((0, 1), receiver.Host.Telemetry.Metrics.GetAccount() is var account ? (account.Received, account.RefusedRequests) : default);
    }

    [Fact]
    public void Nobody_can_choose_ids_or_attributes_that_share_a_hash()
    {
        // Halves that cancel each other out, where numbers are folded.
        const ulong Halves = 0x1_0000_0001;
        var numbers = Enumerable.Range(1, 1_000).Select(i => (ulong)i * Halves).ToArray();

        AssertSpread(numbers.Select(n => new TraceId(n, n).GetHashCode()));
        AssertSpread(numbers.Select(n => new SpanId(n).GetHashCode()));
        AssertSpread(numbers.Select(n => Dimension((long)n)));
        AssertSpread(numbers.Select(n => Dimension(BitConverter.UInt64BitsToDouble(n))));
        AssertSpread(numbers.Select(n => Dimension(new object?[] { (long)n })));
        Assert.Equal(Dimension(new byte[] { 1, 2 }), Dimension(new byte[] { 1, 2 }));

        static int Dimension(object value) => new DimensionKey([new("k", value)]).GetHashCode();
        static void AssertSpread(IEnumerable<int> hashes) => Assert.InRange(hashes.Distinct().Count(), 990, 1_000);
    }

    private static string Span(string fields, string scope = "{}") =>
        $$"""{"resourceSpans":[{"scopeSpans":[{"scope":{{scope}},"spans":[{"traceId":"{{1:x32}}","spanId":"{{1:x16}}",{{fields}} }]}]}]}""";

    private static string Log(string fields) => $$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{ {{fields}} }]}]}]}""";

    private static string Metric(string fields, string scope = "{}") => $$"""{"resourceMetrics":[{"scopeMetrics":[{"scope":{{scope}},"metrics":[{ {{fields}} }]}]}]}""";

    private static byte[] Message(int field, byte[] content)
    {
        List<byte> length = [];
        for (var rest = content.Length; ; rest >>= 7)
        {
            length.Add((byte)(rest > 0x7F ? rest | 0x80 : rest));
            if (rest <= 0x7F)
            {
                return [(byte)((field << 3) | 2), .. length, .. content];
            }
        }
    }

    private static byte[] Repeat(byte[] part, int times)
    {
        var all = new byte[part.Length * times];
        for (var i = 0; i < times; i++)
        {
            part.CopyTo(all, i * part.Length);
        }

        return all;
    }
}
