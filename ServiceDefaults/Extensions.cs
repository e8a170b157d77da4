using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using ServiceDefaults;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of the application has in common: telemetry and health checks.</summary>
public static class Extensions
{
    private const string HealthEndpointPath = "/health";
    private const string AlivenessEndpointPath = "/alive";
    private const int SpanQueueSize = 131_072;
    private const int SpansPerExport = 4_096;

    // The framework's own instrumentation, no package needed.
    private static readonly string[] s_sources = ["Microsoft.AspNetCore", "System.Net.Http"];
    private static readonly string[] s_meters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Diagnostics",
        "System.Net.Http",
        "System.Net.NameResolution",
        "System.Runtime",
    ];

    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();

        return builder;
    }

    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // Nobody would read it, and it would cost a third of the speed.
        if (!HasExporter(builder))
        {
            return builder;
        }

        // Lets ASP.NET Core itself fill in the HTTP attributes of its spans.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter(s_meters)
                .AddMeter(builder.Environment.ApplicationName))
            .WithTracing(tracing => tracing
                .AddSource(s_sources)
                .AddSource(builder.Environment.ApplicationName)
                .AddProcessor(new UntracedPaths(HealthEndpointPath, AlivenessEndpointPath)));

        builder.AddOpenTelemetryExporters();

        return builder;
    }

    private static bool HasExporter(IHostApplicationBuilder builder) =>
        !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    private static TBuilder AddOpenTelemetryExporters<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOpenTelemetry().UseOtlpExporter();

        // Every request is traced: the queue holds what a full load makes between two exports. Environment variables of the SDK win.
        builder.Services.Configure<BatchExportActivityProcessorOptions>(options =>
        {
            options.MaxQueueSize = builder.Configuration.GetValue("OTEL_BSP_MAX_QUEUE_SIZE", SpanQueueSize);
            options.MaxExportBatchSize = builder.Configuration.GetValue("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", SpansPerExport);
        });

        return builder;
    }

    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // Whether the process answers at all, whatever the state of what it depends on.
        builder.Services.AddHealthChecks()
            .AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);

        return builder;
    }

    /// <summary>To be called after <c>UseRouting</c>.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        HttpSpanNames.Use(app);

        // Health endpoints tell strangers about the inside of a service: outside of development, expose them with care.
        if (app.Environment.IsDevelopment())
        {
            app.MapHealthChecks(HealthEndpointPath);
            app.MapHealthChecks(AlivenessEndpointPath, new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
        }

        return app;
    }
}
