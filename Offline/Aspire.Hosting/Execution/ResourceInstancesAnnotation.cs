using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The instances a resource runs as. A resource without it stands for itself.</summary>
internal sealed class ResourceInstancesAnnotation(ImmutableArray<string> names) : IResourceAnnotation
{
    public ImmutableArray<string> Names { get; } = names;
}

internal static class ResourceInstances
{
    /// <summary>The names of the instances of a resource.</summary>
    public static ImmutableArray<string> InstanceNames(this IResource resource) =>
        resource.Annotations.OfType<ResourceInstancesAnnotation>().LastOrDefault()?.Names ?? [resource.Name];
}
