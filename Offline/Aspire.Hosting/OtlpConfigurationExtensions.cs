using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Has resources send their telemetry to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    private const string GrpcEndpoint = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string HttpEndpoint = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    private const string DefaultGrpcEndpoint = "http://localhost:18889";

    /// <summary>Gives the resource the environment by which it sends its telemetry to the dashboard.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
        return builder;
    }

    /// <summary>Gives the resource the environment by which it sends its telemetry to the dashboard over the protocol.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment, protocol);
        return builder;
    }

    /// <summary>Adds to a resource the environment by which it sends its telemetry to the dashboard.</summary>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment) =>
        Add(resource, configuration, environment, requiredProtocol: null);

    /// <summary>Adds to a resource the environment by which it sends its telemetry to the dashboard over the protocol.</summary>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol protocol) =>
        Add(resource, configuration, environment, protocol);

    private static void Add(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol? requiredProtocol)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);

        resource.Annotations.Add(new OtlpExporterAnnotation { RequiredProtocol = requiredProtocol });
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                SetVariables(context.EnvironmentVariables, configuration, environment, requiredProtocol);
                if (!context.Resource.IsContainer() && configuration[DashboardTrust.Setting] is { } folders)
                {
                    context.EnvironmentVariables["SSL_CERT_DIR"] = folders;
                }
            }
        }));
    }

    private static void SetVariables(Dictionary<string, object> variables, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol? requiredProtocol)
    {
        var (url, protocol) = Resolve(configuration, requiredProtocol);
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = new HostUrl(url);
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = OtlpIdentity.ResourceAttributes;
        variables["OTEL_SERVICE_NAME"] = OtlpIdentity.ServiceName;

        if (configuration["AppHost:OtlpApiKey"] is { Length: > 0 } key)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }

        // While developing, telemetry is to be seen at once and whole.
        if (environment.IsDevelopment())
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        }
    }

    private static (string Url, string Protocol) Resolve(IConfiguration configuration, OtlpProtocol? required)
    {
        var grpc = Setting(configuration, GrpcEndpoint);
        var http = Setting(configuration, HttpEndpoint);
        return required switch
        {
            OtlpProtocol.Grpc => (grpc ?? DefaultGrpcEndpoint, "grpc"),
            OtlpProtocol.HttpProtobuf => (http ?? throw Missing("http/protobuf"), "http/protobuf"),
            OtlpProtocol.HttpJson => (http ?? throw Missing("http/json"), "http/json"),
            _ when grpc is null && http is not null => (http, "http/protobuf"),
            _ => (grpc ?? DefaultGrpcEndpoint, "grpc"),
        };

        static InvalidOperationException Missing(string protocol) =>
            new($"OtlpExporter is configured to require {protocol}, but no endpoint was configured for {HttpEndpoint}");
    }

    /// <summary>The setting by its name, or by the one it had before.</summary>
    private static string? Setting(IConfiguration configuration, string name)
    {
        var value = configuration[name];
        return string.IsNullOrEmpty(value) ? configuration[name.Replace("ASPIRE_", "DOTNET_", StringComparison.Ordinal)] is { Length: > 0 } legacy ? legacy : null : value;
    }
}
