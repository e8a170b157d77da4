using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenTelemetry.Extensions.Hosting.Tests;

public class HostedTelemetryTests
{
    [Fact]
    public async Task Spans_are_recorded_while_the_host_runs_and_flushed_when_it_is_disposed()
    {
        using var source = new ActivitySource($"source-{Guid.NewGuid():N}");
        var exported = new Recorder();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing
            .AddSource(source.Name)
            .AddProcessor(new BatchActivityExportProcessor(exported, scheduledDelayMilliseconds: 60_000)));

        var host = builder.Build();
        Assert.Null(source.StartActivity("before the start"));
        await host.StartAsync();
        source.StartActivity("in time")!.Dispose();
        Assert.Empty(exported.Names);
        await host.StopAsync();
        host.Dispose();

        Assert.Equal(["in time"], exported.Names);
        Assert.Null(source.StartActivity("after the end"));
    }

    [Fact]
    public async Task All_calls_configure_one_provider_and_one_resource()
    {
        using var source = new ActivitySource($"source-{Guid.NewGuid():N}");
        using var other = new ActivitySource($"other-{Guid.NewGuid():N}");
        var exported = new Recorder();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("first", autoGenerateServiceInstanceId: false))
            .WithTracing(tracing => tracing.AddSource(source.Name).AddProcessor(new SimpleActivityExportProcessor(exported)));
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddAttributes([new("room", "counter")]))
            .WithTracing(tracing => tracing.AddSource(other.Name))
            .WithTracing();

        using var host = builder.Build();
        await host.StartAsync();
        source.StartActivity("one")!.Dispose();
        other.StartActivity("other")!.Dispose();

        Assert.Equal(["one", "other"], exported.Names);
        Assert.Single(host.Services.GetServices<TracerProvider>());
        var attributes = exported.ParentProvider.GetResource().Attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value);
        Assert.Equal("first", attributes["service.name"]);
        Assert.Equal("counter", attributes["room"]);
    }

    [Fact]
    public void The_services_are_registered_once_however_often_they_are_added()
    {
        var services = new ServiceCollection();

        var one = services.AddOpenTelemetry();
        services.AddOpenTelemetry();

        Assert.Same(services, one.Services);
        Assert.IsType<IOpenTelemetryBuilder>(one, exactMatch: false);
        Assert.Single(services, service => service.ServiceType == typeof(IHostedService));
        Assert.Equal(typeof(IHostedService), services[0].ServiceType);
    }

    [Fact]
    public async Task A_signal_that_was_not_asked_for_has_no_provider()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddOpenTelemetry().WithMetrics();

        using var host = builder.Build();
        await host.StartAsync();

        Assert.NotNull(host.Services.GetService<MeterProvider>());
        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<LoggerProvider>());
    }

    [Fact]
    public async Task UseOtlpExporter_sends_spans_metrics_and_logs_when_the_host_ends()
    {
        using var source = new ActivitySource($"source-{Guid.NewGuid():N}");
        using var meter = new Meter($"meter-{Guid.NewGuid():N}");
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectAsync(received);

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single();
        builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(source.Name))
            .WithMetrics(metrics => metrics.AddMeter(meter.Name))
            .WithLogging(configureBuilder: null, logging => logging.IncludeFormattedMessage = true)
            .UseOtlpExporter();
        var host = builder.Build();
        await host.StartAsync();
        source.StartActivity("the span")!.Dispose();
        meter.CreateCounter<int>("the-instrument").Add(1);
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test").LogInformation("the message");
        await host.StopAsync();
        host.Dispose();

        Assert.Contains("the span", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("the-instrument", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("the message", received["/v1/logs"], StringComparison.Ordinal);
    }

    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received[context.Request.Path] = Encoding.Latin1.GetString(body.ToArray());
        });
        await collector.StartAsync();
        return collector;
    }

    private sealed class Recorder : BaseExporter<Activity>
    {
        public ConcurrentQueue<string> Names { get; } = new();

        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var activity in batch)
            {
                Names.Enqueue(activity.DisplayName);
            }

            return ExportResult.Success;
        }
    }
}
