using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

/// <summary>Configures the dashboard of a Docker Compose environment.</summary>
public static class DockerComposeAspireDashboardResourceBuilderExtensions
{
    /// <summary>Makes the pages reachable at a port of the machine.</summary>
    public static IResourceBuilder<DockerComposeAspireDashboardResource> WithHostPort(this IResourceBuilder<DockerComposeAspireDashboardResource> builder, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(PlatformDashboard.HttpEndpointName, endpoint =>
        {
            endpoint.Port = port;
            endpoint.IsExternal = true;
        });
    }

    /// <summary>Has the dashboard take its public address from the headers of a proxy before it.</summary>
    public static IResourceBuilder<DockerComposeAspireDashboardResource> WithForwardedHeaders(this IResourceBuilder<DockerComposeAspireDashboardResource> builder, bool enabled = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEnvironment("ASPIRE_DASHBOARD_FORWARDEDHEADERS_ENABLED", enabled ? "true" : "false");
    }
}
