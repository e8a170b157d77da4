using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Tests.Browser;

/// <summary>Telemetry as the counter sends it, put straight into the store: the receivers have tests of their own.</summary>
internal sealed class SampleTelemetry(TelemetryStore store)
{
    private static readonly InstrumentationScope s_aspNetCore = new("Microsoft.AspNetCore", "10.0.0", default);
    private static readonly InstrumentationScope s_counter = new("CounterService.Counting", "1.0.0", default);
    private ulong _nextId = 0xb7ad6b7169203331;

    public TelemetryResource Counter(string instance = "abcdwxyz") =>
        store.Resources.GetOrAdd("counter", instance, [new("service.name", "counter"), new("service.instance.id", instance), new("telemetry.sdk.language", "dotnet")])!;

    /// <summary>A counted request, its round trip to the store, and the batch it was counted in, which links to it. Returns the request's trace.</summary>
    public TraceId AddRequest(long number, double milliseconds = 12, bool failed = false, string instance = "abcdwxyz", DateTime? at = null, string path = "/")
    {
        var resource = Counter(instance);
        var trace = new TraceId(0x4bf92f3577b34da6, _nextId += 0x1111);
        var start = UnixTime.FromDateTime(at ?? DateTime.UtcNow);
        var nano = (ulong)(milliseconds * 1_000_000);
        var request = new Span
        {
            Resource = resource,
            Scope = s_aspNetCore,
            TraceId = trace,
            SpanId = new(++_nextId),
            Name = $"GET {path}",
            Kind = SpanKind.Server,
            Status = failed ? SpanStatus.Error : SpanStatus.Unset,
            StatusMessage = failed ? "The store did not answer in time." : null,
            StartUnixNano = start,
            EndUnixNano = start + nano,
            Attributes = new([new("http.request.method", "GET"), new("url.path", path), new("http.response.status_code", failed ? 503L : 200L), new("counter.number", number)]),
            Events = failed ? [new("exception", start + (nano / 2), new([new("exception.type", "RedisTimeoutException"), new("exception.message", "Timeout performing EVAL")]), 0)] : [],
        };
        var call = new Span
        {
            Resource = resource,
            Scope = s_counter,
            TraceId = trace,
            SpanId = new(++_nextId),
            ParentSpanId = request.SpanId,
            Name = "EVALSHA",
            Kind = SpanKind.Client,
            Status = failed ? SpanStatus.Error : SpanStatus.Unset,
            StartUnixNano = start + (nano / 5),
            EndUnixNano = start + (nano * 9 / 10),
            Attributes = new([new("db.system.name", "redis"), new("db.operation.name", "EVALSHA"), new("server.address", "localhost"), new("server.port", 6379L)]),
        };
        var batch = new Span
        {
            Resource = resource,
            Scope = s_counter,
            TraceId = new(0xba7c4, _nextId),
            SpanId = new(++_nextId),
            Name = "count batch",
            Kind = SpanKind.Internal,
            StartUnixNano = start + (nano / 4),
            EndUnixNano = start + (nano * 8 / 10),
            Attributes = new([new("counter.batch.size", 1L)]),
            Links = [new(trace, call.SpanId, null, default, 0, 0)],
        };
        store.Traces.Add([request, call, batch], 0);
        store.Logs.Add([Log(resource, failed ? 17 : 9, failed ? "Request {Number} could not be counted" : "Counted request {Number}", number, trace, request.SpanId, start + (nano / 2), failed)], 0);
        return trace;
    }

    public void AddMetrics(DateTime now)
    {
        var resource = Counter();
        for (var i = 60; i >= 0; i--)
        {
            var time = UnixTime.FromDateTime(now.AddSeconds(-i * 5));
            var duration = new MetricData { Resource = resource, Meter = new("Microsoft.AspNetCore.Hosting", "", default), Name = "http.server.request.duration", Unit = "s", Description = "Duration of HTTP server requests.", Kind = InstrumentKind.Histogram };
            var total = (ulong)((60 - i) * 40);
            ulong[] counts = [total / 2, total / 4, total / 8, total / 16, total / 40];
            duration.Points.Add(new()
            {
                Attributes = [new("http.request.method", "GET"), new("http.route", "/")],
                StartUnixNano = UnixTime.FromDateTime(now.AddMinutes(-6)),
                TimeUnixNano = time,
                Value = total * 0.012,
                Distribution = new() { Count = counts.Aggregate(0UL, (x, y) => x + y), Bounds = [0.005, 0.01, 0.025, 0.05], Counts = counts },
                Exemplars = i % 12 == 0 ? [new(time, 0.02 + (i * 0.0004), new(0x4bf92f3577b34da6, 0xb7ad6b7169203331 + 0x1111), default, default)] : [],
            });
            var active = new MetricData { Resource = resource, Meter = new("Microsoft.AspNetCore.Hosting", "", default), Name = "http.server.active_requests", Unit = "{request}", Kind = InstrumentKind.Sum };
            active.Points.Add(new() { Attributes = [new("http.request.method", "GET")], TimeUnixNano = time, Value = 6 + Math.Round(5 * Math.Sin(i / 4.0)), Exemplars = [] });
            var counted = new MetricData { Resource = resource, Meter = new("CounterService", "", default), Name = "counter.requests", Unit = "{request}", Kind = InstrumentKind.Sum, IsMonotonic = true, IsInteger = true };
            counted.Points.Add(new() { Attributes = [new("outcome", "counted")], StartUnixNano = UnixTime.FromDateTime(now.AddMinutes(-6)), TimeUnixNano = time, Value = (60 - i) * 40, Exemplars = [] });
            store.Metrics.Add([duration, active, counted], 0);
        }
    }

    /// <summary>Some minutes of an ordinary afternoon.</summary>
    public void AddAfternoon()
    {
        var now = DateTime.UtcNow;
        for (var i = 1; i <= 60; i++)
        {
            AddRequest(i, 1.2 + (i * i % 37 * 0.9), failed: i % 29 == 0, instance: i % 3 == 0 ? "mnopqrst" : "abcdwxyz", at: now.AddSeconds(i - 61));
        }

        AddMetrics(now);
    }

    private static LogRecord Log(TelemetryResource resource, int severity, string template, long number, TraceId trace, SpanId span, ulong time, bool failed) => new()
    {
        Resource = resource,
        Scope = new("CounterService.Counting.Combiner", "", default),
        TimeUnixNano = time,
        SeverityNumber = severity,
        SeverityText = severity >= 17 ? "Error" : "Information",
        Body = template.Replace("{Number}", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal),
        Attributes = new([new("{OriginalFormat}", template), new("Number", number), .. failed ? (KeyValue[])[new("exception.type", "RedisTimeoutException"), new("exception.message", "Timeout performing EVAL"), new("exception.stacktrace", "RedisTimeoutException: Timeout performing EVAL\n   at CounterService.Counting.Combiner.SendAsync()\n   at CounterService.Counting.Combiner.RunAsync()")] : []]),
        TraceId = trace,
        SpanId = span,
    };
}
