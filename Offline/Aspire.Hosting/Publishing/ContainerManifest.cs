using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>A container in the manifest.</summary>
internal static class ContainerManifest
{
    public static async Task WriteAsync(ManifestPublishingContext context, ContainerResource container)
    {
        var writer = context.Writer;
        if (container.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build))
        {
            writer.WriteString("type", "container.v1");
            context.WriteConnectionString(container);
            await WriteBuildAsync(context, container, build).ConfigureAwait(false);
        }
        else
        {
            var image = DeployedResources.Image(container);
            writer.WriteString("type", "container.v0");
            context.WriteConnectionString(container);
            writer.WriteString("image", image);
        }

        if (container.Entrypoint is { } entrypoint)
        {
            writer.WriteString("entrypoint", entrypoint);
        }

        await context.WriteCommandLineArgumentsAsync(container).ConfigureAwait(false);
        WriteMounts(context, container);
        await context.WriteEnvironmentVariablesAsync(container).ConfigureAwait(false);
        context.WriteBindings(container);
    }

    private static async Task WriteBuildAsync(ManifestPublishingContext context, ContainerResource container, DockerfileBuildAnnotation build)
    {
        var writer = context.Writer;
        writer.WriteStartObject("build");
        writer.WriteString("context", context.GetManifestRelativePath(build.ContextPath));
        writer.WriteString("dockerfile", context.GetManifestRelativePath(await DockerfileAsync(context, container, build).ConfigureAwait(false)));
        if (build.Stage is not null)
        {
            writer.WriteString("stage", build.Stage);
        }

        if (build.BuildArguments.Count > 0)
        {
            writer.WriteStartObject("args");
            foreach (var (name, value) in build.SpelledArguments)
            {
                writer.WriteString(name, context.Expression(value));
                context.TryAddDependentResources(value);
            }

            writer.WriteEndObject();
        }

        if (build.BuildSecrets.Count > 0)
        {
            writer.WriteStartObject("secrets");
            foreach (var (name, value) in build.BuildSecrets)
            {
                writer.WriteStartObject(name);
                writer.WriteString("type", "env");
                writer.WriteString("value", context.Expression(value));
                writer.WriteEndObject();
                context.TryAddDependentResources(value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    // One that is written when it is needed lies beside the manifest.
    private static async Task<string> DockerfileAsync(ManifestPublishingContext context, ContainerResource container, DockerfileBuildAnnotation build)
    {
        if (await DeployedResources.DockerfileAsync(container, context.ExecutionContext, context.CancellationToken).ConfigureAwait(false) is not { } dockerfile)
        {
            return build.DockerfilePath;
        }

        var path = Path.Combine(Path.GetDirectoryName(context.ManifestPath)!, dockerfile.Path);
        await File.WriteAllTextAsync(path, dockerfile.Text, context.CancellationToken).ConfigureAwait(false);
        return path;
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

            writer.WriteString("target", mount.Type is ContainerMountType.BindMount ? mount.Target.Replace('\\', '/') : mount.Target);
            writer.WriteBoolean("readOnly", mount.IsReadOnly);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
