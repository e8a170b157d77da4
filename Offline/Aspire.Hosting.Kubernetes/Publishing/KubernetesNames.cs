#pragma warning disable CA1308 // Names in Kubernetes are in lower case.
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The names of what a resource becomes.</summary>
internal static class KubernetesNames
{
    private const int LongestName = 63;
    private const int LongestPortName = 15;

    public static string Container(IResource resource) => resource.Name.ToLowerInvariant();

    public static string Service(IResource resource) => Of(resource, "service");

    public static string Of(IResource resource, string kind)
    {
        var name = $"{Container(resource)}-{kind}";
        return name.Length <= LongestName
            ? name
            : throw new DistributedApplicationException($"Resource '{resource.Name}': '{name}' is longer than the {LongestName} characters a name in Kubernetes may have. Give the resource a shorter name.");
    }

    public static string Port(EndpointAnnotation endpoint)
    {
        var name = endpoint.Name.ToLowerInvariant();
        return (name.Length <= LongestPortName ? name : name[..LongestPortName]).TrimEnd('-');
    }
}
