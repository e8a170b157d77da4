#pragma warning disable CA1308 // Names in Kubernetes are in lower case.
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The names of what a resource becomes.</summary>
internal static partial class KubernetesNames
{
    private const int LongestName = 63;
    private const int LongestPortName = 15;

    public static string Container(IResource resource) => resource.Name.ToLowerInvariant();

    public static string Service(IResource resource) => Of(resource, "service");

    public static string Of(IResource resource, string kind) => Short(resource, $"{Container(resource)}-{kind}");

    /// <summary>A volume whose name may have dots and underscores, as that of the AppHost's project in it has.</summary>
    public static string Volume(IResource resource, string name) => Short(resource, Other().Replace(name.ToLowerInvariant(), "-").Trim('-'));

    public static string Port(EndpointAnnotation endpoint)
    {
        var name = endpoint.Name.ToLowerInvariant();
        return (name.Length <= LongestPortName ? name : name[..LongestPortName]).TrimEnd('-');
    }

    private static string Short(IResource resource, string name) => name.Length <= LongestName
        ? name
        : throw new DistributedApplicationException($"Resource '{resource.Name}': '{name}' is longer than the {LongestName} characters a name in Kubernetes may have. Give it a shorter name.");

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex Other();
}
