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

        var context = ContextOf(builder, contextPath);
        return builder.WithBuild(context, Path.GetFullPath(dockerfilePath ?? "Dockerfile", context), stage, factory: null);
    }

    /// <summary>Adds a container whose image is built from a Dockerfile that is written when it is needed.</summary>
    public static IResourceBuilder<ContainerResource> AddDockerfileFactory(this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, Func<DockerfileFactoryContext, string> dockerfileFactory, string? stage = null)
    {
        ArgumentNullException.ThrowIfNull(dockerfileFactory);
        return builder.AddDockerfileFactory(name, contextPath, context => Task.FromResult(dockerfileFactory(context)), stage);
    }

    /// <summary>Adds a container whose image is built from a Dockerfile that is written when it is needed.</summary>
    public static IResourceBuilder<ContainerResource> AddDockerfileFactory(this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, Func<DockerfileFactoryContext, Task<string>> dockerfileFactory, string? stage = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentException.ThrowIfNullOrEmpty(contextPath);
        ArgumentNullException.ThrowIfNull(dockerfileFactory);
        return builder.AddContainer(name, "placeholder").WithDockerfileFactory(contextPath, dockerfileFactory, stage);
    }

    /// <summary>Has the image of the container built from a Dockerfile that is written when it is needed.</summary>
    public static IResourceBuilder<T> WithDockerfileFactory<T>(this IResourceBuilder<T> builder, string contextPath, Func<DockerfileFactoryContext, string> dockerfileFactory, string? stage = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(dockerfileFactory);
        return builder.WithDockerfileFactory(contextPath, context => Task.FromResult(dockerfileFactory(context)), stage);
    }

    /// <summary>Has the image of the container built from a Dockerfile that is written when it is needed.</summary>
    public static IResourceBuilder<T> WithDockerfileFactory<T>(this IResourceBuilder<T> builder, string contextPath, Func<DockerfileFactoryContext, Task<string>> dockerfileFactory, string? stage = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(contextPath);
        ArgumentNullException.ThrowIfNull(dockerfileFactory);

        return builder.WithBuild(ContextOf(builder, contextPath), dockerfile: null, stage, dockerfileFactory);
    }

    private static string ContextOf<T>(IResourceBuilder<T> builder, string contextPath)
        where T : ContainerResource =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(contextPath, builder.ApplicationBuilder.AppHostDirectory));

    private static IResourceBuilder<T> WithBuild<T>(this IResourceBuilder<T> builder, string context, string? dockerfile, string? stage, Func<DockerfileFactoryContext, Task<string>>? factory)
        where T : ContainerResource
    {
        // The same from run to run, so that a build takes the place of the one before.
        var source = dockerfile ?? $"{context}\n{builder.Resource.Name}";

        // Not in the folder of the build, which is the user's. Nothing is written before the text is needed.
        var folder = dockerfile is null ? Path.Combine(Path.GetTempPath(), $"aspire-{Guid.NewGuid():n}") : null;
        var build = new DockerfileBuildAnnotation(context, dockerfile ?? Path.Combine(folder!, "Dockerfile"), stage)
        {
            TemporaryFolder = folder,
            DockerfileFactory = factory,
#pragma warning disable CA1308 // Images have lower-case names.
            ImageName = builder.Resource.Name.ToLowerInvariant(),
#pragma warning restore CA1308
            ImageTag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{builder.ApplicationBuilder.Configuration["AppHost:Sha256"]}\n{source}\n{stage}")))[..40],
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
