using System.Net;
using System.Text;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Tests.Otlp;

/// <summary>Many senders at a time, over both protocols, sending more than is kept: nothing disappears without being counted.</summary>
public sealed class AccountTests
{
    private const int Senders = 8;
    private const int Rounds = 60;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_received_is_kept_evicted_refused_repeated_or_cleared_at_every_moment(bool grpc)
    {
        await using var receiver = await Receiver.StartAsync(
            null, ("MaxTraceCount", "100"), ("MaxLogCount", "100"), ("MaxMetricsCount", "5"), ("MaxResourceCount", "4"), ("MaxMetricBytes", "20000"), ("MaxRequestBytes", "50000"));
        using var done = new CancellationTokenSource();
        var watcher = Task.Run(() => WatchAsync(receiver, done.Token));

        var told = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(receiver, sender, grpc))));
        await done.CancelAsync();

        Assert.True(await watcher > 10);
        foreach (var signal in Enum.GetValues<TelemetrySignal>())
        {
            var account = receiver.Host.Telemetry.GetAccounts().Single(a => a.Signal == signal);
            AssertBalanced(account);
            Assert.Equal(told.Sum(t => t.Items[signal]), account.Received);
            Assert.Equal(told.Sum(t => t.RefusedRequests[signal]), account.RefusedRequests);
            Assert.True(account.Evicted + account.Refused > 0, $"{signal} met no limit");
        }

        var traces = receiver.Host.Telemetry.Traces.GetAccount();
        Assert.InRange(traces.Refused, Senders * Rounds, long.MaxValue);
        Assert.InRange(traces.Duplicates, 1, long.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_comes_back_when_told_to_loses_nothing(bool grpc)
    {
        // Room for one of these requests, with eight senders at the door, and one inside that takes its time until each of them was put off.
        await using var receiver = await Receiver.StartAsync(null, ("MaxRequestBytesInFlight", "60000"));
        var (putOff, waiting) = (0, 0);
        var content = new SlowContent(Large(1));
        using var slow = new HttpRequestMessage(HttpMethod.Post, receiver.Host.OtlpHttpUrl + "/v1/traces") { Content = content, Headers = { ExpectContinue = true } };
        var answer = receiver.SendAsync(slow);
        await content.Inside.Task;
        await Task.WhenAll(Enumerable.Range(1, Senders).Select(sender => Task.Run(async () =>
        {
            var isPutOff = false;
            for (var round = 0; round < 25; round++)
            {
                var message = Large((sender * 1_000) + round);
                while (!await IsTakenAsync(receiver, message, grpc))
                {
                    Interlocked.Increment(ref putOff);
                    if (!isPutOff && Interlocked.Increment(ref waiting) == Senders)
                    {
                        content.Finish.SetResult();
                    }

                    isPutOff = true;
                    await Task.Delay(5);
                }
            }
        })));
        Assert.Equal(Senders, waiting);
        Receiver.MustBe(HttpStatusCode.OK, await answer);

        var account = receiver.Host.Telemetry.Traces.GetAccount();
        const int Sent = 1 + (Senders * 25);
        Assert.Equal((Sent, Sent, 0), (account.Received, account.Kept, account.Duplicates));
        Assert.Equal(putOff, account.RefusedRequests);

        static byte[] Large(int id) =>
            Protobuf(Receiver.Span(id, attributes: $$$"""{"key":"k","value":{"stringValue":"{{{new string('v', 40_000)}}}"}}"""), OtlpSchema.Traces);
    }

    /// <summary>False when the sender is told to come back; anything else than that or yes fails the test.</summary>
    private static async Task<bool> IsTakenAsync(Receiver receiver, byte[] message, bool grpc)
    {
        if (grpc)
        {
            var (status, details) = await receiver.PostGrpcAsync(GrpcPath("trace"), message);
            Assert.True(status == "0" || (status == "8" && details.Contains("google.rpc.RetryInfo", StringComparison.Ordinal)), $"{status}: {details}");
            return status == "0";
        }

        using var response = await receiver.PostAsync("/v1/traces", message, "application/x-protobuf");
        Assert.True(response.IsSuccessStatusCode || (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null), response.ToString());
        return response.IsSuccessStatusCode;
    }

    private static async Task<Sent> SendAsync(Receiver receiver, int sender, bool grpc)
    {
        var sent = new Sent();
        for (var round = 0; round < Rounds; round++)
        {
            // Two senders more than there is room for, ids that are none, and every third batch once again.
            var id = 1 + (sender * Rounds) + round;
            var spans = string.Join(',', Enumerable.Range(0, 10).Select(i => $$"""{"traceId":"{{id:x32}}","spanId":"{{i:x16}}","name":"x"}"""));
            var traces = Protobuf($$"""{"resourceSpans":[{ {{Resource(sender)}},"scopeSpans":[{"spans":[{{spans}}]}]}]}""", OtlpSchema.Traces);
            for (var again = round % 3 == 0 ? 2 : 1; again > 0; again--)
            {
                await PostAsync(TelemetrySignal.Traces, "trace", traces, 10);
            }

            await PostAsync(TelemetrySignal.Logs, "logs", Protobuf($$"""{"resourceLogs":[{ {{Resource(sender)}},"scopeLogs":[{"logRecords":[{},{},{}]}]}]}""", OtlpSchema.Logs), 3);
            var points = string.Join(',', Enumerable.Range(0, 4).Select(i => $$$"""{"asInt":{{{id}}},"timeUnixNano":"{{{id}}}","attributes":[{"key":"k","value":{"intValue":{{{id % 20 * i}}}}}]}"""));
            await PostAsync(TelemetrySignal.Metrics, "metrics", Protobuf($$$"""{"resourceMetrics":[{ {{{Resource(sender)}}},"scopeMetrics":[{"metrics":[{"name":"m","sum":{"dataPoints":[{{{points}}}]}}]}]}]}""", OtlpSchema.Metrics), 4);
            await PostAsync(TelemetrySignal.Traces, "trace", [0x0A, 0x7F], null);
            await PostAsync(TelemetrySignal.Logs, "logs", new byte[100_000], null);
            await PostAsync(TelemetrySignal.Metrics, "metrics", [7], null);
            if (round == Rounds / 2)
            {
                receiver.Host.Telemetry.Clear(sender == 0 ? null : "sender1");
            }
        }

        return sent;

        async Task PostAsync(TelemetrySignal signal, string service, byte[] message, int? items)
        {
            var path = signal switch { TelemetrySignal.Traces => "/v1/traces", TelemetrySignal.Logs => "/v1/logs", _ => "/v1/metrics" };
            bool taken;
            if (grpc)
            {
                taken = (await receiver.PostGrpcAsync(GrpcPath(service), message)).Status == "0";
            }
            else
            {
                using var response = await receiver.PostAsync(path, message, "application/x-protobuf");
                taken = response.IsSuccessStatusCode;
            }

            Assert.Equal(items is not null, taken);
            sent.Items[signal] += items ?? 0;
            sent.RefusedRequests[signal] += items is null ? 1 : 0;
        }
    }

    private static async Task<int> WatchAsync(Receiver receiver, CancellationToken done)
    {
        var looks = 0;
        for (; !done.IsCancellationRequested; looks++)
        {
            Assert.All(receiver.Host.Telemetry.GetAccounts(), AssertBalanced);
            await Task.Delay(1, CancellationToken.None);
        }

        return looks;
    }

    private static void AssertBalanced(SignalAccount account)
    {
        Assert.Equal(account.Received, account.Kept + account.Evicted + account.Refused + account.Duplicates + account.Cleared);
        Assert.InRange(account.Kept, 0, long.MaxValue);
        Assert.InRange(account.Bytes, 0, long.MaxValue);
    }

    private static string Resource(int sender) =>
        $$$""" "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"sender{{{sender}}}"}}]} """;

    private static string GrpcPath(string service) =>
        $"/opentelemetry.proto.collector.{service}.v1.{char.ToUpperInvariant(service[0])}{service[1..]}Service/Export";

    private static byte[] Protobuf(string json, OtlpMessage schema) => OtlpJsonReader.ToProtobuf(Encoding.UTF8.GetBytes(json), schema, int.MaxValue);

    /// <summary>What one sender knows of what it sent.</summary>
    private sealed class Sent
    {
        public Dictionary<TelemetrySignal, long> Items { get; } = Enum.GetValues<TelemetrySignal>().ToDictionary(signal => signal, _ => 0L);

        public Dictionary<TelemetrySignal, long> RefusedRequests { get; } = Enum.GetValues<TelemetrySignal>().ToDictionary(signal => signal, _ => 0L);
    }

    /// <summary>A message whose second half comes when it is told to.</summary>
    private sealed class SlowContent : HttpContent
    {
        private readonly byte[] _message;

        public SlowContent(byte[] message)
        {
            _message = message;
            Headers.ContentType = new("application/x-protobuf");
        }

        /// <summary>Done when the receiver has room for it and asks for it (100 Continue).</summary>
        public TaskCompletionSource Inside { get; } = new();

        public TaskCompletionSource Finish { get; } = new();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Inside.SetResult();
            await stream.WriteAsync(_message.AsMemory(0, _message.Length / 2));
            await Finish.Task;
            await stream.WriteAsync(_message.AsMemory(_message.Length / 2));
        }

        protected override bool TryComputeLength(out long length) => (length = _message.Length) > 0;
    }
}
