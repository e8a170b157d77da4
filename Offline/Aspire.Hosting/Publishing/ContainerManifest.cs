using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>A container in the manifest.</summary>
internal static class ContainerManifest
{
    public static async Task WriteAsync(ManifestPublishingContext context, ContainerResource container)
    {
        var writer = context.Writer;
        if (!container.TryGetContainerImageName(out var image))
        {
            throw new DistributedApplicationException("Could not get container image name.");
        }

        writer.WriteString("type", "container.v0");
        context.WriteConnectionString(container);
        writer.WriteString("image", image);
        if (container.Entrypoint is { } entrypoint)
        {
            writer.WriteString("entrypoint", entrypoint);
        }

        await context.WriteCommandLineArgumentsAsync(container).ConfigureAwait(false);
        WriteMounts(context, container);
        await context.WriteEnvironmentVariablesAsync(container).ConfigureAwait(false);
        context.WriteBindings(container);
    }

    private static void WriteMounts(ManifestPublishingContext context, ContainerResource container)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().ToLookup(mount => mount.Type);
        WriteMounts(context, "bindMounts", mounts[ContainerMountType.BindMount], mount => ("source", context.GetManifestRelativePath(mount.Source)));
        WriteMounts(context, "volumes", mounts[ContainerMountType.Volume], mount => ("name", mount.Source));
    }

    private static void WriteMounts(ManifestPublishingContext context, string name, IEnumerable<ContainerMountAnnotation> mounts, Func<ContainerMountAnnotation, (string Name, string? Value)> source)
    {
        var writer = context.Writer;
        var all = mounts.ToList();
        if (all.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var mount in all)
        {
            writer.WriteStartObject();
            if (source(mount) is { Value: { } value } named)
            {
                writer.WriteString(named.Name, value);
            }

            writer.WriteString("target", mount.Target);
            writer.WriteBoolean("readOnly", mount.IsReadOnly);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
