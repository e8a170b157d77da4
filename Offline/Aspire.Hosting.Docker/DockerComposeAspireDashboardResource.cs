using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker;

/// <summary>The dashboard of a Docker Compose environment.</summary>
/// <param name="name">The name of the resource.</param>
public class DockerComposeAspireDashboardResource(string name) : ContainerResource(name)
{
    /// <summary>Where its pages are.</summary>
    public EndpointReference PrimaryEndpoint => new(this, PlatformDashboard.HttpEndpointName);

    /// <summary>Where it takes telemetry over gRPC.</summary>
    public EndpointReference OtlpGrpcEndpoint => new(this, PlatformDashboard.OtlpGrpcEndpointName);
}
