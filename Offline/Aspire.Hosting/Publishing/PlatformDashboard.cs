using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>The dashboard that runs beside an application on the platform it is published to.</summary>
internal static class PlatformDashboard
{
    public const string HttpEndpointName = "http";
    public const string OtlpGrpcEndpointName = "otlp-grpc";
    public const string OtlpHttpEndpointName = "otlp-http";

    private const string Registry = "mcr.microsoft.com";
    private const string Image = "dotnet/nightly/aspire-dashboard";
    private const int HttpPort = 18888;
    private const int OtlpGrpcPort = 18889;
    private const int OtlpHttpPort = 18890;

    /// <summary>Creates it outside the model: it belongs to the platform, not to the application.</summary>
    public static IResourceBuilder<T> Create<T>(IDistributedApplicationBuilder builder, T dashboard)
        where T : ContainerResource =>
        builder.CreateResourceBuilder(dashboard)
            .WithImage(Image, "latest")
            .WithImageRegistry(Registry)
            .WithHttpEndpoint(targetPort: HttpPort, name: HttpEndpointName)
            .WithEndpoint(HttpEndpointName, endpoint => endpoint.IsExternal = true)
            .WithHttpEndpoint(targetPort: OtlpGrpcPort, name: OtlpGrpcEndpointName)
            .WithHttpEndpoint(targetPort: OtlpHttpPort, name: OtlpHttpEndpointName);
}
