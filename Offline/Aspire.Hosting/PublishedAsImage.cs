using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Has what runs as a program of the host published as a container, built from a Dockerfile.</summary>
internal static class PublishedAsImage
{
    /// <summary>The port in the images of projects.</summary>
    private const int ProjectPort = 8080;

    public static void Apply(IResourceBuilder<ExecutableResource> builder, Action<IResourceBuilder<ContainerResource>>? configure) =>
        Apply(builder, builder.Resource.WorkingDirectory, configure);

    public static void Apply(IResourceBuilder<ProjectResource> builder, Action<IResourceBuilder<ContainerResource>>? configure)
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https"))
        {
            endpoint.TargetPort ??= ProjectPort;
        }

        Apply(builder, Path.GetDirectoryName(builder.Resource.GetProjectMetadata().ProjectPath)!, configure);
    }

    private static void Apply(IResourceBuilder<IResource> builder, string context, Action<IResourceBuilder<ContainerResource>>? configure)
    {
        var (application, program) = (builder.ApplicationBuilder, builder.Resource);
        if (application.Resources.OfType<ProgramContainerResource>().FirstOrDefault(container => container.Program == program) is { } existing)
        {
            configure?.Invoke(application.CreateResourceBuilder<ContainerResource>(existing));
            return;
        }

        application.Resources.Remove(program);
        var container = application.AddResource<ContainerResource>(new ProgramContainerResource(program))
            .WithImage(program.Name)
            .WithDockerfile(context)
            .WithArgs(arguments => arguments.Args.Clear());
        configure?.Invoke(container);

        // As published: it is in the manifest even when the program was left out before.
        container.WithManifestPublishingCallback(context => context.WriteContainerAsync(container.Resource));
    }

    /// <summary>Takes the place of a program; what is said of the one is said of the other.</summary>
    private sealed class ProgramContainerResource(IResource program) : ContainerResource(program.Name)
    {
        public IResource Program => program;

        public override ResourceAnnotationCollection Annotations => program.Annotations;
    }
}
