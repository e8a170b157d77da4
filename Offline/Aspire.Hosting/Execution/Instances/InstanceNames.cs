using System.Collections.Immutable;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Names instances as published Aspire does: the resource and eight letters.</summary>
internal static class InstanceNames
{
    private const int SuffixLength = 8;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>Gives every resource that is run the names of its instances, unless it has them.</summary>
    public static void Assign(IEnumerable<IResource> resources, string appHostHash)
    {
        foreach (var resource in resources.Where(IsRun))
        {
            if (!resource.Annotations.OfType<ResourceInstancesAnnotation>().Any())
            {
                resource.Annotations.Add(new ResourceInstancesAnnotation(Names(resource, appHostHash)));
            }
        }
    }

    /// <summary>Whether the host itself runs instances of the resource.</summary>
    public static bool IsRun(IResource resource) => resource is ProjectResource or ExecutableResource || resource.IsContainer();

    /// <summary>The part of an instance's name that telemetry carries; the whole name where there is no such part.</summary>
    public static string IdOf(string resource, string instance) =>
        instance.Length > resource.Length + 1 && instance.StartsWith($"{resource}-", StringComparison.OrdinalIgnoreCase) ? instance[(resource.Length + 1)..] : instance;

    /// <summary>What an instance is called where people read it: as its resource, unless there are others of it.</summary>
    public static string Shown(IResource resource, string instance) => resource.InstanceNames().Length == 1 ? resource.Name : instance;

    private static ImmutableArray<string> Names(IResource resource, string appHostHash) =>
        ReplicaRules.IsPersistent(resource)
#pragma warning disable CA1308 // The published name is in lower case.
            ? [$"{resource.Name}-{appHostHash[..SuffixLength].ToLowerInvariant()}"]
#pragma warning restore CA1308
            : [.. Enumerable.Range(0, Math.Max(1, resource.GetReplicaCount())).Select(_ => $"{resource.Name}-{RandomNumberGenerator.GetString(Letters, SuffixLength)}")];
}
