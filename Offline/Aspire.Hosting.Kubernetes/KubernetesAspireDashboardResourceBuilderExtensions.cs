using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

/// <summary>Configures the dashboard of a Kubernetes environment.</summary>
public static class KubernetesAspireDashboardResourceBuilderExtensions
{
    /// <summary>Sets the port of the service at which its pages are.</summary>
    public static IResourceBuilder<KubernetesAspireDashboardResource> WithServicePort(this IResourceBuilder<KubernetesAspireDashboardResource> builder, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(PlatformDashboard.HttpEndpointName, endpoint =>
        {
            endpoint.Port = port;
            endpoint.IsExternal = port is not null;
        });
    }

    /// <summary>Sets the ports of the service at which it takes telemetry.</summary>
    public static IResourceBuilder<KubernetesAspireDashboardResource> WithOtlpServicePort(this IResourceBuilder<KubernetesAspireDashboardResource> builder, int? grpcPort = null, int? httpPort = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .WithEndpoint(PlatformDashboard.OtlpGrpcEndpointName, endpoint => endpoint.Port = grpcPort ?? endpoint.Port)
            .WithEndpoint(PlatformDashboard.OtlpHttpEndpointName, endpoint => endpoint.Port = httpPort ?? endpoint.Port);
    }

    /// <summary>Has the dashboard take its public address from the headers of a proxy before it.</summary>
    public static IResourceBuilder<KubernetesAspireDashboardResource> WithForwardedHeaders(this IResourceBuilder<KubernetesAspireDashboardResource> builder, bool enabled = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEnvironment("ASPIRE_DASHBOARD_FORWARDEDHEADERS_ENABLED", enabled ? "true" : "false");
    }
}
