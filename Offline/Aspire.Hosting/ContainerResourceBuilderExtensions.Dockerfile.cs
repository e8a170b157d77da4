using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container whose image is built from a Dockerfile.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the container.</param>
    /// <param name="contextPath">The folder the build may read, from the AppHost's folder.</param>
    /// <param name="dockerfilePath">The Dockerfile, from that folder; <c>Dockerfile</c> by default.</param>
    /// <param name="stage">The stage that is built; the last one by default.</param>
    public static IResourceBuilder<ContainerResource> AddDockerfile(this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, string? dockerfilePath = null, string? stage = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentException.ThrowIfNullOrEmpty(contextPath);
        return builder.AddContainer(name, "placeholder").WithDockerfile(contextPath, dockerfilePath, stage);
    }

    /// <summary>Has the image of the container built from a Dockerfile.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="contextPath">The folder the build may read, from the AppHost's folder.</param>
    /// <param name="dockerfilePath">The Dockerfile, from that folder; <c>Dockerfile</c> by default.</param>
    /// <param name="stage">The stage that is built; the last one by default.</param>
    public static IResourceBuilder<T> WithDockerfile<T>(this IResourceBuilder<T> builder, string contextPath, string? dockerfilePath = null, string? stage = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(contextPath);

        var context = Path.TrimEndingDirectorySeparator(Path.GetFullPath(contextPath, builder.ApplicationBuilder.AppHostDirectory));
        var dockerfile = Path.GetFullPath(dockerfilePath ?? "Dockerfile", context);
        var build = new DockerfileBuildAnnotation(context, dockerfile, stage)
        {
#pragma warning disable CA1308 // Images have lower-case names.
            ImageName = builder.Resource.Name.ToLowerInvariant(),
#pragma warning restore CA1308

            // The same from run to run, so that a build takes the place of the one before.
            ImageTag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{builder.ApplicationBuilder.Configuration["AppHost:Sha256"]}\n{dockerfile}\n{stage}")))[..40],
        };
        return builder.WithAnnotation(build, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Adds an argument to the build of the image.</summary>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, object? value)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Build(builder, nameof(WithBuildArg)).BuildArguments[name] = value;
        return builder;
    }

    /// <summary>Adds an argument to the build of the image.</summary>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (value.Resource.Secret)
        {
            throw new InvalidOperationException($"Cannot add secret parameter '{value.Resource.Name}' as build argument '{name}' while configuring resource '{builder.Resource.Name}'. Use {nameof(WithBuildSecret)} instead.");
        }

        return builder.WithBuildArg(name, value.Resource);
    }

    /// <summary>Adds a secret to the build of the image.</summary>
    public static IResourceBuilder<T> WithBuildSecret<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        Build(builder, nameof(WithBuildSecret)).BuildSecrets[name] = value.Resource;
        return builder;
    }

    private static DockerfileBuildAnnotation Build<T>(IResourceBuilder<T> builder, string caller)
        where T : ContainerResource =>
        builder.Resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault()
        ?? throw new InvalidOperationException($"The resource '{builder.Resource.Name}' does not have a Dockerfile build annotation. Call {nameof(WithDockerfile)} before calling {caller}.");
}
