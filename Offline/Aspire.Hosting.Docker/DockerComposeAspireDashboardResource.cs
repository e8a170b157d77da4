using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Docker;

/// <summary>The dashboard of a Docker Compose environment.</summary>
/// <param name="name">The name of the resource.</param>
public class DockerComposeAspireDashboardResource(string name) : ContainerResource(name)
{
    internal const string HttpEndpointName = "http";
    internal const string OtlpGrpcEndpointName = "otlp-grpc";

    /// <summary>Where its pages are.</summary>
    public EndpointReference PrimaryEndpoint => new(this, HttpEndpointName);

    /// <summary>Where it takes telemetry over gRPC.</summary>
    public EndpointReference OtlpGrpcEndpoint => new(this, OtlpGrpcEndpointName);
}
