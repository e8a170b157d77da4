using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds and configures containers.</summary>
public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container.</summary>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, [ResourceName] string name, string image)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(image);
        return builder.AddResource(new ContainerResource(name)).WithImage(image);
    }

    /// <summary>Adds a container.</summary>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, [ResourceName] string name, string image, string tag)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(tag);
        return builder.AddResource(new ContainerResource(name)).WithImage(image).WithImageTag(tag);
    }

    /// <summary>Mounts a volume of the container engine.</summary>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(target);
        return builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));
    }

    /// <summary>Mounts a volume without a name.</summary>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string target)
        where T : ContainerResource => builder.WithVolume(name: null, target);

    /// <summary>Mounts a path of the host.</summary>
    public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        var path = Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory);
        return builder.WithAnnotation(new ContainerMountAnnotation(path, target, ContainerMountType.BindMount, isReadOnly));
    }

    /// <summary>Sets the program that runs instead of the image's own.</summary>
    public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(entrypoint);
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }

    /// <summary>Sets the image; it may name its registry, and a tag or a digest.</summary>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(image);

        var reference = ImageReference.Parse(image);
        if (tag is not null && reference.Tag is not null)
        {
            throw new InvalidOperationException("Ambiguous tags - a tag was provided on both the 'tag' and 'image' parameters");
        }

        if (tag is not null && reference.Digest is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(tag), "Tag conflicts with digest provided on the 'image' parameter");
        }

        const string algorithm = "sha256:";
        if (reference.Digest is { } digest && !digest.StartsWith(algorithm, StringComparison.Ordinal))
        {
            throw new ArgumentOutOfRangeException(nameof(image), digest, "invalid digest format");
        }

        var annotation = builder.Resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault();
        if (annotation is null)
        {
            annotation = new ContainerImageAnnotation { Image = reference.Image };
            builder.Resource.Annotations.Add(annotation);
        }

        annotation.Image = reference.Image;
        annotation.Tag = tag ?? reference.Tag ?? "latest";
        annotation.SHA256 = reference.Digest?[algorithm.Length..];
        if (builder.Resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build))
        {
            // The build gives its image this name.
            build.ImageName = null;
            build.ImageTag = null;
        }

        return builder;
    }

    /// <summary>Sets the tag of the image.</summary>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(tag);
        Image(builder).Tag = tag;
        return builder;
    }

    /// <summary>Sets the registry of the image.</summary>
    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        Image(builder).Registry = registry;
        return builder;
    }

    /// <summary>Sets the digest of the image.</summary>
    public static IResourceBuilder<T> WithImageSHA256<T>(this IResourceBuilder<T> builder, string sha256)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sha256);
        Image(builder).SHA256 = sha256;
        return builder;
    }

    /// <summary>Sets when the image is pulled.</summary>
    public static IResourceBuilder<T> WithImagePullPolicy<T>(this IResourceBuilder<T> builder, ImagePullPolicy pullPolicy)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ContainerImagePullPolicyAnnotation { ImagePullPolicy = pullPolicy }, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets the name of the container.</summary>
    public static IResourceBuilder<T> WithContainerName<T>(this IResourceBuilder<T> builder, string name)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        return builder.WithAnnotation(new ContainerNameAnnotation { Name = name }, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Adds a name under which other containers find this one.</summary>
    public static IResourceBuilder<T> WithContainerNetworkAlias<T>(this IResourceBuilder<T> builder, string alias)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(alias);
        return builder.WithAnnotation(new ContainerNetworkAliasAnnotation(alias));
    }

    /// <summary>Adds arguments for the container engine.</summary>
    public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(args);
        return builder.WithContainerRuntimeArgs(context =>
        {
            foreach (var arg in args)
            {
                context.Args.Add(arg);
            }
        });
    }

    /// <summary>Adds arguments for the container engine.</summary>
    public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, Action<ContainerRuntimeArgsCallbackContext> callback)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithContainerRuntimeArgs(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });
    }

    /// <summary>Adds arguments for the container engine.</summary>
    public static IResourceBuilder<T> WithContainerRuntimeArgs<T>(this IResourceBuilder<T> builder, Func<ContainerRuntimeArgsCallbackContext, Task> callback)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithAnnotation(new ContainerRuntimeArgsCallbackAnnotation(callback));
    }

    /// <summary>Sets how long the container lives.</summary>
    public static IResourceBuilder<T> WithLifetime<T>(this IResourceBuilder<T> builder, ContainerLifetime lifetime)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ContainerLifetimeAnnotation { Lifetime = lifetime }, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets whether a proxy stands in front of the endpoints.</summary>
    public static IResourceBuilder<T> WithEndpointProxySupport<T>(this IResourceBuilder<T> builder, bool proxyEnabled)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ProxySupportAnnotation { ProxyEnabled = proxyEnabled }, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Publishes the resource as a container.</summary>
    public static IResourceBuilder<T> PublishAsContainer<T>(this IResourceBuilder<T> builder)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithManifestPublishingCallback(context => context.WriteContainerAsync(builder.Resource));
    }

    private static ContainerImageAnnotation Image<T>(IResourceBuilder<T> builder)
        where T : ContainerResource =>
        builder.Resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()
        ?? throw new InvalidOperationException($"The resource '{builder.Resource.Name}' does not have a container image specified. Use WithImage to specify the container image and tag.");
}
