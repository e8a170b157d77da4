using Aspire.Dashboard.Telemetry;
using Aspire.Dashboard.Tests.Otlp;

namespace Aspire.Dashboard.Tests.Telemetry;

public sealed class StoreTests
{
    [Fact]
    public async Task Every_span_is_accounted_for()
    {
        await using var receiver = await Receiver.StartAsync(null, ("MaxTraceCount", "10"));
        for (var i = 1; i <= 25; i++)
        {
            (await receiver.PostJsonAsync("/v1/traces", Receiver.Span(i))).Dispose();
        }

        (await receiver.PostJsonAsync("/v1/traces", Receiver.Span(25))).Dispose();
        (await receiver.PostJsonAsync("/v1/traces", Receiver.Span(0))).Dispose();
        var store = receiver.Host.Telemetry;
        Assert.Equal((27, 10, 15, 1, 1), store.Traces.GetAccount() is var a ? (a.Received, a.Kept, a.Evicted, a.Refused, a.Duplicates) : default);
        Assert.Equal(10, store.Resources.GetAll().Single().SpanCount);

        store.Traces.Clear("counter");
        Assert.Equal((0, 10, 0L), store.Traces.GetAccount() is var b ? (b.Kept, b.Cleared, b.Bytes) : default);
        Assert.Equal(0, store.Resources.GetAll().Single().SpanCount);
    }

    [Fact]
    public async Task Huge_attributes_are_bounded_by_bytes()
    {
        await using var receiver = await Receiver.StartAsync(null, ("MaxTraceBytes", "5000000"), ("MaxLogBytes", "5000000"));
        var megabyte = new string('x', 1_000_000);
        for (var i = 1; i <= 6; i++)
        {
            (await receiver.PostJsonAsync("/v1/traces", Receiver.Span(i, attributes: $$$"""{"key":"big","value":{"stringValue":"{{{megabyte}}}"}}"""))).Dispose();
            (await receiver.PostJsonAsync("/v1/logs", Receiver.Log(megabyte))).Dispose();
        }

        Assert.Equal((6, 2), receiver.Host.Telemetry.Traces.GetAccount() is var t ? (t.Received, t.Kept) : default);
        Assert.InRange(receiver.Host.Telemetry.Logs.GetAccount().Bytes, 1, 5_000_000);
    }

    [Fact]
    public void A_sender_that_grows_takes_no_more_room_than_there_is_for_all()
    {
        var resources = new TelemetryStore(new TelemetryLimits()).Resources;
        var sender = resources.GetOrAdd("sender", null, [])!;

        Assert.Same(sender, resources.GetOrAdd("sender", null, [new("k", "v")], 32 << 20));
        Assert.Empty(sender.Attributes);

        Assert.Same(sender, resources.GetOrAdd("sender", null, [new("k", "v")], 31 << 20));
        Assert.Single(sender.Attributes);
    }

    [Fact]
    public async Task Attributes_are_cut_to_the_limits_and_counted_as_dropped()
    {
        await using var receiver = await Receiver.StartAsync(null, ("MaxAttributeCount", "3"), ("MaxAttributeLength", "5"));
        var attributes = string.Join(',', Enumerable.Range(0, 10).Select(i => $$$"""{"key":"k{{{i}}}","value":{"stringValue":"0123456789"}}"""));
        (await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1, attributes: attributes))).Dispose();
        var span = receiver.Host.Telemetry.Traces.QuerySpans(new()).Items.Single();
        Assert.Equal((3, 7u, "01234"), (span.Attributes.Count, span.DroppedAttributesCount, span.Attributes["k0"]));
    }

    [Theory]
    [InlineData("trace.name", FilterCondition.Contains, "GET", true)]
    [InlineData("trace.name", FilterCondition.NotContains, "GET", false)]
    [InlineData("trace.duration", FilterCondition.GreaterThan, "499ms", true)]
    [InlineData("trace.duration", FilterCondition.LessThan, "0.5s", false)]
    [InlineData("resource", FilterCondition.Equals, "counter-abc", true)]
    [InlineData("resource", FilterCondition.NotEqual, "counter", false)]
    [InlineData("number", FilterCondition.GreaterThanOrEqual, "7", true)]
    [InlineData("number", FilterCondition.GreaterThan, "7", false)]
    [InlineData("missing", FilterCondition.Equals, "", false)]
    [InlineData("missing", FilterCondition.NotEqual, "x", true)]
    public async Task Filters_compare_fields_and_attributes(string field, FilterCondition condition, string value, bool matches)
    {
        await using var receiver = await Receiver.StartAsync();
        (await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1, attributes: """{"key":"number","value":{"intValue":"7"}}"""))).Dispose();
        var page = receiver.Host.Telemetry.Traces.Query(new() { Filters = [new(field, condition, value)] });
        Assert.Equal(matches ? 1 : 0, page.TotalCount);
    }

    [Fact]
    public async Task An_exemplar_that_its_sender_repeats_is_kept_once()
    {
        await using var receiver = await Receiver.StartAsync();
        foreach (var (time, exemplar) in ((int Time, int Exemplar)[])[(1, 1), (2, 1), (3, 2), (4, 2)])
        {
            (await receiver.PostJsonAsync("/v1/metrics", $$$$"""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{"timeUnixNano":"{{{{time}}}}","asInt":"1","exemplars":[{"timeUnixNano":"{{{{exemplar}}}}","asInt":"7","spanId":"00f067aa0ba902b7"}]}]}}]}]}]}""")).Dispose();
        }

        var dimension = receiver.Host.Telemetry.Metrics.Find("unknown_service", "", "m").Single().Dimensions.Single();
        Assert.Equal([1u, 2u], dimension.GetExemplars(DateTime.UnixEpoch).Select(e => e.TimeUnixNano));
    }

    [Fact]
    public async Task A_change_wakes_who_waits_for_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var changes = receiver.Host.Telemetry.Traces.Changes;
        var waiting = changes.WaitAsync(changes.Version, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        (await receiver.PostJsonAsync("/v1/traces", Receiver.Span(1))).Dispose();
        Assert.Equal(changes.Version, await waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
