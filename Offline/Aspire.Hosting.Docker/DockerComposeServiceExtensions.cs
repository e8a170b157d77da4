using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;
using Aspire.Hosting.Docker.Resources.ComposeNodes;

namespace Aspire.Hosting;

/// <summary>Changes how resources are published to Docker Compose.</summary>
public static class DockerComposeServiceExtensions
{
    /// <summary>Changes the service the resource is published as.</summary>
    public static IResourceBuilder<T> PublishAsDockerComposeService<T>(this IResourceBuilder<T> builder, Action<DockerComposeServiceResource, Service> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.WithAnnotation(new DockerComposeServiceCustomizationAnnotation(configure));
    }

    /// <summary>A variable of the <c>.env</c> file that stands for the value.</summary>
    public static string AsEnvironmentPlaceholder(this IManifestExpressionProvider manifestExpressionProvider, DockerComposeServiceResource dockerComposeService)
    {
        ArgumentNullException.ThrowIfNull(manifestExpressionProvider);
        ArgumentNullException.ThrowIfNull(dockerComposeService);
        return dockerComposeService.Parent.Capture(manifestExpressionProvider);
    }

    /// <summary>A variable of the <c>.env</c> file that stands for the parameter.</summary>
    public static string AsEnvironmentPlaceholder(this IResourceBuilder<ParameterResource> builder, DockerComposeServiceResource dockerComposeService)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.AsEnvironmentPlaceholder(dockerComposeService);
    }

    /// <summary>A variable of the <c>.env</c> file that stands for the parameter.</summary>
    public static string AsEnvironmentPlaceholder(this ParameterResource parameter, DockerComposeServiceResource dockerComposeService) =>
        ((IManifestExpressionProvider)parameter).AsEnvironmentPlaceholder(dockerComposeService);
}
