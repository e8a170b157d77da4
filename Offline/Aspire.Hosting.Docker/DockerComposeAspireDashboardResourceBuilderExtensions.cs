using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;

namespace Aspire.Hosting;

/// <summary>Configures the dashboard of a Docker Compose environment.</summary>
public static class DockerComposeAspireDashboardResourceBuilderExtensions
{
    private const string Image = "dotnet/nightly/aspire-dashboard";
    private const string Registry = "mcr.microsoft.com";
    private const int HttpPort = 18888;
    private const int OtlpGrpcPort = 18889;
    private const int OtlpHttpPort = 18890;

    /// <summary>Makes the pages reachable at a port of the machine.</summary>
    public static IResourceBuilder<DockerComposeAspireDashboardResource> WithHostPort(this IResourceBuilder<DockerComposeAspireDashboardResource> builder, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(DockerComposeAspireDashboardResource.HttpEndpointName, endpoint =>
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

    internal static IResourceBuilder<DockerComposeAspireDashboardResource> CreateDashboard(this IDistributedApplicationBuilder builder, string name) =>
        builder.CreateResourceBuilder(new DockerComposeAspireDashboardResource(name))
            .WithImage(Image, "latest")
            .WithImageRegistry(Registry)
            .WithHttpEndpoint(targetPort: HttpPort, name: DockerComposeAspireDashboardResource.HttpEndpointName)
            .WithEndpoint(DockerComposeAspireDashboardResource.HttpEndpointName, endpoint => endpoint.IsExternal = true)
            .WithHttpEndpoint(targetPort: OtlpGrpcPort, name: DockerComposeAspireDashboardResource.OtlpGrpcEndpointName)
            .WithHttpEndpoint(targetPort: OtlpHttpPort, name: "otlp-http")
            .PublishAsDockerComposeService((_, service) => service.Restart = "always");
}
