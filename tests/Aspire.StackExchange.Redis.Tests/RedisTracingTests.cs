using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis.Tests;

public sealed class RedisTracingTests(RedisServer server) : IClassFixture<RedisServer>, IDisposable
{
    private readonly ActivitySource _source = new($"test-{Guid.NewGuid():N}");

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Every_command_has_a_span_under_the_activity_that_called_it()
    {
        using var host = await StartAsync(out var spans);
        var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();

        using (_source.StartActivity("one"))
        {
            await database.StringIncrementAsync("traced");
            await database.StringGetAsync("traced");
        }

        using (_source.StartActivity("two"))
        {
            await database.KeyDeleteAsync("traced");
        }

        var commands = await CommandsAsync(host, spans, 3);
        var (one, two) = (spans.Single(span => span.DisplayName == "one"), spans.Single(span => span.DisplayName == "two"));
        Assert.Equal(["INCR", "GET"], commands.Where(span => span.ParentSpanId == one.SpanId).OrderBy(span => span.StartTimeUtc).Select(span => span.DisplayName));
        Assert.Equal(["UNLINK"], commands.Where(span => span.ParentSpanId == two.SpanId).Select(span => span.DisplayName));
        Assert.All(commands, span => Assert.Equal(span.ParentSpanId == one.SpanId ? one.TraceId : two.TraceId, span.TraceId));
    }

    [Fact]
    public async Task A_span_carries_the_published_names()
    {
        using var host = await StartAsync(out var spans);
        using (_source.StartActivity("parent"))
        {
            await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase(3).StringIncrementAsync("named");
        }

        var span = Assert.Single(await CommandsAsync(host, spans, 1));
        Assert.Equal("OpenTelemetry.Instrumentation.StackExchangeRedis", span.Source.Name);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal("redis", span.GetTagItem("db.system"));
        Assert.Equal(3, span.GetTagItem("db.redis.database_index"));
        Assert.Equal("INCR", span.GetTagItem("db.statement"));
        Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        Assert.Equal(server.Port, span.GetTagItem("server.port"));
        Assert.Equal("127.0.0.1", span.GetTagItem("network.peer.address"));
        Assert.Equal(server.Port, span.GetTagItem("network.peer.port"));
        Assert.Equal(["Enqueued", "Sent", "ResponseReceived"], span.Events.Select(item => item.Name));
        Assert.Equal(span.Events.Select(item => item.Timestamp).Order(), span.Events.Select(item => item.Timestamp));
        Assert.True(span.Duration > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("database", false)]
    [InlineData("http,database/dup", true)]
    public async Task The_stable_names_are_used_when_they_are_asked_for(string optIn, bool both)
    {
        using var host = await StartAsync(out var spans, ("OTEL_SEMCONV_STABILITY_OPT_IN", optIn));
        using (_source.StartActivity("parent"))
        {
            await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringIncrementAsync("stable");
        }

        var span = Assert.Single(await CommandsAsync(host, spans, 1));
        Assert.Equal("redis", span.GetTagItem("db.system.name"));
        Assert.Equal("INCR", span.GetTagItem("db.operation.name"));
        Assert.Equal("0", span.GetTagItem("db.namespace"));
        Assert.Equal(both ? "redis" : null, span.GetTagItem("db.system"));
    }

    [Fact]
    public async Task Commands_under_an_activity_that_is_not_recorded_have_no_span()
    {
        using var host = await StartAsync(out var spans);
        var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();

        using (new Activity("silent") { IsAllDataRequested = false }.Start())
        {
            await database.StringIncrementAsync("silent");
        }

        using (_source.StartActivity("heard"))
        {
            await database.StringGetAsync("silent");
        }

        Assert.Equal(["GET"], (await CommandsAsync(host, spans, 1)).Select(span => span.DisplayName));
    }

    [Fact]
    public async Task Without_tracing_there_are_no_spans()
    {
        using var host = await StartAsync(out var spans, ("Aspire:StackExchange:Redis:DisableTracing", "true"));
        using (_source.StartActivity("parent"))
        {
            await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringIncrementAsync("untraced");
        }

        Assert.Null(host.Services.GetService<RedisInstrumentation>());
        Assert.Equal(["parent"], spans.Select(span => span.DisplayName));
    }

    private Task<IHost> StartAsync(out ConcurrentQueue<Activity> spans, params (string Key, string Value)[] configuration)
    {
        var recorder = new Recorder();
        spans = recorder.Spans;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:redis"] = server.ConnectionString;
        foreach (var (key, value) in configuration)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(_source.Name).AddProcessor(recorder));
        builder.AddRedisClient("redis");
        return StartAsync(builder);
    }

    private static async Task<IHost> StartAsync(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>The profiler hands a command over a moment after its caller has gone on.</summary>
    private static async Task<IReadOnlyList<Activity>> CommandsAsync(IHost host, ConcurrentQueue<Activity> spans, int expected)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(20))
        {
            host.Services.GetRequiredService<RedisInstrumentation>().Flush();
            var commands = spans.Where(span => span.Source.Name == RedisInstrumentation.SourceName && span.ParentSpanId != default).ToList();
            if (commands.Count >= expected || DateTime.UtcNow > deadline)
            {
                return commands;
            }
        }
    }

    private sealed class Recorder : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Spans { get; } = new();

        public override void OnEnd(Activity data) => Spans.Enqueue(data);
    }
}
