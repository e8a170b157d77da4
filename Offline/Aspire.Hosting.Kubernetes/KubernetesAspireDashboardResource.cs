using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Kubernetes;

/// <summary>The dashboard of a Kubernetes environment.</summary>
/// <param name="name">The name of the resource.</param>
public class KubernetesAspireDashboardResource(string name) : ContainerResource(name)
{
    /// <summary>Where its pages are.</summary>
    public EndpointReference PrimaryEndpoint => new(this, PlatformDashboard.HttpEndpointName);

    /// <summary>Where it takes telemetry over gRPC.</summary>
    public EndpointReference OtlpGrpcEndpoint => new(this, PlatformDashboard.OtlpGrpcEndpointName);
}
