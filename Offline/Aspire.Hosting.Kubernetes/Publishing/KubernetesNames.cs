#pragma warning disable CA1308 // Names in Kubernetes are in lower case.
using System.Globalization;
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

    public static DistributedApplicationException SameVolume(IResource resource, string name, string? one, string? other) =>
        new($"Resource '{resource.Name}': the volumes '{one}' and '{other}' would both be '{name}' in Kubernetes. Give one of them another name.");

    /// <summary>The name of an endpoint's port, which is cut short and not that of another.</summary>
    public static string Port(EndpointAnnotation endpoint, IEnumerable<string> others)
    {
        var name = endpoint.Name.ToLowerInvariant();
        var numbered = Enumerable.Range(1, int.MaxValue).Select(number => Cut(number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}")));
        return numbered.First(cut => !others.Contains(cut));

        string Cut(string end) => name[..Math.Min(name.Length, LongestPortName - end.Length)].TrimEnd('-') + end;
    }

    /// <exception cref="DistributedApplicationException">A cluster would refuse what holds the variable.</exception>
    public static string Variable(IResource resource, string name) => Key().IsMatch(name)
        ? name
        : throw new DistributedApplicationException($"Resource '{resource.Name}': '{name}' cannot be the name of a variable in Kubernetes, which takes letters, digits, '-', '_' and '.'.");

    private static string Short(IResource resource, string name) => name.Length <= LongestName
        ? name
        : throw new DistributedApplicationException($"Resource '{resource.Name}': '{name}' is longer than the {LongestName} characters a name in Kubernetes may have. Give it a shorter name.");

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex Other();

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z")]
    private static partial Regex Key();
}
