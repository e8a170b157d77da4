using Aspire.Dashboard;
using Aspire.Dashboard.Telemetry;
using CounterService.Tests.Running;
using Microsoft.Extensions.Configuration;

namespace CounterService.Tests;

/// <summary>What the dashboard is told about counted requests.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private DashboardHost _dashboard = null!;
    private Store _store = null!;
    private Counter _counter = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new DashboardOptions { OtlpGrpcUrl = "http://127.0.0.1:0" };
        options.FrontendUrls.Add("http://127.0.0.1:0");

        // Room for all of them, so that the test can look at each.
        _dashboard = new DashboardHost(options, resourceService: null, new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Dashboard:TelemetryLimits:MaxTraceCount"] = "1000000",
            ["Dashboard:TelemetryLimits:MaxTraceBytes"] = $"{1L << 30}",
        }).Build());
        await _dashboard.StartAsync();
        _store = await Store.Of("redis-server").StartAsync();
        _counter = await Counter.StartAsync(_store.ConnectionString, [.. Counter.Patient, ("OTEL_EXPORTER_OTLP_ENDPOINT", _dashboard.OtlpGrpcUrl!)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _counter.DisposeAsync();
        await _store.DisposeAsync();
        await _dashboard.DisposeAsync();
    }

    [Fact]
    public async Task A_request_is_named_by_method_and_route()
    {
        await _counter.CountAsync();
        await StopCounterAsync();

        var names = Requests().Select(span => (span.Name, span.Attributes["http.route"])).Distinct();
        Assert.Equal([("GET /", "/"), ("GET /api/count", "/api/count")], names.Order());
    }

    [Fact]
    public async Task Under_load_every_counted_request_is_a_trace_in_the_dashboard()
    {
        const int Callers = 64;
        const int PerCaller = 250;

        var numbers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            List<long> given = [];
            for (var i = 0; i < PerCaller; i++)
            {
                given.Add((await _counter.CountAsync())!.Value);
            }

            return given;
        }));
        await StopCounterAsync();

        var traced = Requests().Where(span => span.Name == "GET /").Select(span => (long)span.Attributes.Find("counter.number")!.Value!);
        Assert.Equal(numbers.SelectMany(given => given).Order(), traced.Order());
        Assert.Equal(Callers * PerCaller, Spans().Count(span => span is { Name: "EVALSHA requests", ParentSpanId.IsEmpty: false, Links.Count: 1 }));
        Assert.Equal(Requests().Count(), _dashboard.Telemetry.Traces.RequestsReceived);
        Assert.Equal(0, _dashboard.Telemetry.Traces.GetAccount().Lost);
    }

    /// <summary>A service that ends sends what it has left.</summary>
    private async Task StopCounterAsync()
    {
        _counter.Process.Signal("TERM");
        await _counter.Process.WaitForExitAsync(TimeSpan.FromMinutes(3));
    }

    private IEnumerable<Span> Requests() => Spans().Where(span => span.Kind is SpanKind.Server);

    private IReadOnlyList<Span> Spans() => _dashboard.Telemetry.Traces.QuerySpans(new SpanQuery { Limit = int.MaxValue }).Items;
}
