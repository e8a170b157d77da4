using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads what is attached to resources.</summary>
public static partial class ResourceExtensions
{
    /// <summary>Finds the annotation of the type that was added last.</summary>
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    /// <summary>Finds all annotations of the type.</summary>
    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        var annotations = resource.Annotations.OfType<T>().ToArray();
        result = annotations.Length > 0 ? annotations : null;
        return result is not null;
    }

    /// <summary>Whether there is an annotation of the type.</summary>
    public static bool HasAnnotationOfType<T>(this IResource resource)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.Annotations.OfType<T>().Any();
    }

    /// <summary>Finds all annotations of the type on the resource and its parents.</summary>
    public static bool TryGetAnnotationsIncludingAncestorsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        var annotations = WithAncestors(resource).SelectMany(r => r.Annotations.OfType<T>()).ToArray();
        result = annotations.Length > 0 ? annotations : null;
        return result is not null;
    }

    /// <summary>Whether the resource or one of its parents has an annotation of the type.</summary>
    public static bool HasAnnotationIncludingAncestorsOfType<T>(this IResource resource)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        return WithAncestors(resource).Any(HasAnnotationOfType<T>);
    }

    /// <summary>Finds what adds environment variables to the resource.</summary>
    public static bool TryGetEnvironmentVariables(this IResource resource, [NotNullWhen(true)] out IEnumerable<EnvironmentCallbackAnnotation>? environmentVariables) =>
        resource.TryGetAnnotationsOfType(out environmentVariables);

    /// <summary>Finds what is mounted into the container.</summary>
    public static bool TryGetContainerMounts(this IResource resource, [NotNullWhen(true)] out IEnumerable<ContainerMountAnnotation>? volumeMounts) =>
        resource.TryGetAnnotationsOfType(out volumeMounts);

    /// <summary>Finds the endpoints of the resource.</summary>
    public static bool TryGetEndpoints(this IResource resource, [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints) =>
        resource.TryGetAnnotationsOfType(out endpoints);

    /// <summary>Finds the URLs of the resource.</summary>
    public static bool TryGetUrls(this IResource resource, [NotNullWhen(true)] out IEnumerable<ResourceUrlAnnotation>? urls) =>
        resource.TryGetAnnotationsOfType(out urls);

    /// <summary>Finds the full name of the image the container runs.</summary>
    public static bool TryGetContainerImageName(this IResource resource, [NotNullWhen(true)] out string? imageName) =>
        resource.TryGetContainerImageName(useBuiltImage: true, out imageName);

    /// <summary>Finds the full name of the image the container runs: that of its build, or the one it had before.</summary>
    public static bool TryGetContainerImageName(this IResource resource, bool useBuiltImage, [NotNullWhen(true)] out string? imageName)
    {
        imageName = null;
        if (useBuiltImage && resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build) && build.ImageName is { Length: > 0 } name)
        {
            imageName = string.IsNullOrEmpty(build.ImageTag) ? name : $"{name}:{build.ImageTag}";
        }
        else if (resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
        {
            var registry = string.IsNullOrEmpty(image.Registry) ? "" : $"{image.Registry}/";
            imageName = image switch
            {
                { SHA256: { Length: > 0 } sha256 } => $"{registry}{image.Image}@sha256:{sha256}",
                { Tag: { Length: > 0 } tag } => $"{registry}{image.Image}:{tag}",
                _ => $"{registry}{image.Image}",
            };
        }

        return imageName is not null;
    }

    /// <summary>The endpoint of that name, whether or not it exists.</summary>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Find(resource, endpointName) is { } endpoint ? new(resource, endpoint) : new(resource, endpointName);
    }

    /// <summary>The endpoint of that name as seen from a network, whether or not it exists.</summary>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName, NetworkIdentifier contextNetworkId)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Find(resource, endpointName) is { } endpoint ? new(resource, endpoint, contextNetworkId) : new(resource, endpointName, contextNetworkId);
    }

    /// <summary>The endpoints of the resource.</summary>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new EndpointReference(resource, endpoint)).ToList();
    }

    /// <summary>The endpoints of the resource as seen from a network.</summary>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource, NetworkIdentifier contextNetworkId)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new EndpointReference(resource, endpoint, contextNetworkId)).ToList();
    }

    /// <summary>The environment the resource is published to; null when that is not said.</summary>
    public static IComputeEnvironmentResource? GetComputeEnvironment(this IResource resource) =>
        resource.TryGetLastAnnotation<ComputeEnvironmentAnnotation>(out var annotation) ? annotation.ComputeEnvironment : null;

    /// <summary>How many instances of the resource run.</summary>
    public static int GetReplicaCount(this IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;
    }

    /// <summary>Whether the resource is left out of what is published.</summary>
    public static bool IsExcludedFromPublish(this IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var annotation) && annotation == ManifestPublishingCallbackAnnotation.Ignore;
    }

    private static EndpointAnnotation? Find(IResourceWithEndpoints resource, string name) =>
        resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => string.Equals(endpoint.Name, name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<IResource> WithAncestors(IResource resource)
    {
        for (var current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
        {
            yield return current;
        }
    }
}
