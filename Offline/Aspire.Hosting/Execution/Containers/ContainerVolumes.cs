using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The volumes and mounts of a resource, as they are shown.</summary>
internal static class ContainerVolumes
{
    public static ImmutableArray<VolumeSnapshot> Of(IResource resource) =>
    [
        .. resource.Annotations.OfType<ContainerMountAnnotation>()
            .Select(mount => new VolumeSnapshot(mount.Source, mount.Target, mount.Type == ContainerMountType.BindMount ? "bind" : "volume", mount.IsReadOnly)),
    ];
}
