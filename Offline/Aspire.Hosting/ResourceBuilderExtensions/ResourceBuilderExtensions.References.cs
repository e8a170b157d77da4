using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Configures what resources of many kinds have in common.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the resource the connection string of another, and the parts of the connection, in its environment.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The resource it connects to.</param>
    /// <param name="connectionName">The name it knows the other by; the other's own name by default.</param>
    /// <param name="optional">Whether the connection string may be missing.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);

        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        var flags = InjectionFlags(builder.Resource);
        builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, KnownRelationshipTypes.Reference) { Alias = name });
        return builder.WithEnvironment(context =>
        {
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
            {
                context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = new ConnectionStringReference(resource, optional);
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionProperties))
            {
                var prefix = name.Length == 0 ? "" : $"{EnvironmentVariableName.EncodeUpper(name)}_";
                foreach (var (property, value) in ConnectionProperties(resource))
                {
                    context.EnvironmentVariables[prefix + property.ToUpperInvariant()] = value;
                }
            }
        });
    }

    /// <summary>Gives the resource the addresses of another in its environment.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        return builder.ReferenceEndpoints(source.Resource, endpoint: null, name: null);
    }

    /// <summary>Gives the resource the addresses of another in its environment, under a name of its own.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(name);
        return builder.ReferenceEndpoints(source.Resource, endpoint: null, name);
    }

    /// <summary>Gives the resource the address of an endpoint in its environment.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endpointReference);
        return builder.ReferenceEndpoints(endpointReference.Resource, endpointReference, name: null);
    }

    /// <summary>Gives the resource the address of a service that is not part of the application.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(uri);

        var fault = uri switch
        {
            { IsAbsoluteUri: false } => "it must be absolute",
            { Query.Length: > 0 } => "it cannot contain a query string",
            { Fragment.Length: > 0 } => "it cannot contain a fragment",
            _ => null,
        };
        if (fault is not null)
        {
            throw new InvalidOperationException($"The URI for service reference '{name}' is invalid while configuring target resource '{builder.Resource.Name}': {fault}.");
        }

        return builder.WithEnvironment(context =>
        {
            var flags = InjectionFlags(builder.Resource);
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                context.EnvironmentVariables[$"services__{name}__default__0"] = uri.ToString();
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                context.EnvironmentVariables[EnvironmentVariableName.Encode(name)] = uri.ToString();
            }
        });
    }

    /// <summary>Gives the resource the address of an external service.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<ExternalServiceResource> externalService)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(externalService);

        var service = externalService.Resource;
        builder.WithReferenceRelationship(service);
        return builder.WithEnvironment(async context =>
        {
            var flags = InjectionFlags(builder.Resource);
            var address = EnvironmentVariableName.EncodeUpper(service.Name);

            // A parameter's URL, and with it the scheme, is known in a run only.
            string? scheme = null;
            if (service.UrlParameter is null || context.ExecutionContext.IsRunMode)
            {
                scheme = await SchemeAsync(service, builder.Resource, context.CancellationToken).ConfigureAwait(false);
            }

            var discovery = $"services__{service.Name}__{scheme ?? "default"}__0";

            // With a parameter the published order is the other way round, and the variable is named after the scheme too.
            (ReferenceEnvironmentInjectionFlags Kind, string Name)[] variables = service.UrlParameter is null
                ? [(ReferenceEnvironmentInjectionFlags.Endpoints, address), (ReferenceEnvironmentInjectionFlags.ServiceDiscovery, discovery)]
                : [(ReferenceEnvironmentInjectionFlags.ServiceDiscovery, discovery), (ReferenceEnvironmentInjectionFlags.Endpoints, scheme is null ? address : $"{address}_{scheme.ToUpperInvariant()}")];
            foreach (var (kind, name) in variables)
            {
                if (flags.HasFlag(kind))
                {
                    context.EnvironmentVariables[name] = service.UrlValue;
                }
            }
        });
    }

    /// <summary>Chooses the environment variables references give the resource. Call it before the references.</summary>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags));
    }

    /// <summary>Adds a part to the connection, or replaces one.</summary>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return builder.WithAnnotation(new ConnectionPropertyAnnotation(name, value));
    }

    /// <summary>Adds a part to the connection, or replaces one.</summary>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, string value)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.WithConnectionProperty(name, ReferenceExpression.Create($"{value}"));
    }

    /// <summary>A part of the connection to the resource.</summary>
    public static ReferenceExpression GetConnectionProperty(this IResourceWithConnectionString resource, string key)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(key);
        return resource.GetConnectionProperties()
            .FirstOrDefault(property => string.Equals(property.Key, key, StringComparison.OrdinalIgnoreCase))
            .Value ?? ReferenceExpression.Empty;
    }

    /// <summary>Takes the connection string from another resource.</summary>
    public static IResourceBuilder<T> WithConnectionStringRedirection<T>(this IResourceBuilder<T> builder, IResourceWithConnectionString resource)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(resource);
        return builder.WithAnnotation(new ConnectionStringRedirectAnnotation(resource), ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<T> ReferenceEndpoints<T>(this IResourceBuilder<T> builder, IResourceWithEndpoints source, EndpointReference? endpoint, string? name)
        where T : IResourceWithEnvironment
    {
        // One callback for each source: what is referenced later joins it, under the name given first.
        var annotation = builder.Resource.Annotations.OfType<EndpointReferenceAnnotation>().FirstOrDefault(existing => existing.Resource == source);
        if (annotation is null)
        {
            annotation = new EndpointReferenceAnnotation(source);
            builder.WithAnnotation(annotation);
            builder.WithEnvironment(ServiceReferenceEnvironment.Of(builder.Resource, annotation, name));
        }

        if (endpoint is null)
        {
            annotation.UseAllEndpoints = true;
        }
        else
        {
            annotation.EndpointNames.Add(endpoint.EndpointName);
            annotation.ContextNetworkId = endpoint.ContextNetworkID ?? annotation.ContextNetworkId;
        }

        return builder.WithReferenceRelationship(source);
    }

    private static IEnumerable<KeyValuePair<string, ReferenceExpression>> ConnectionProperties(IResourceWithConnectionString resource) =>
        resource.CombineProperties(resource.Annotations.OfType<ConnectionPropertyAnnotation>().Select(annotation => KeyValuePair.Create(annotation.Name, annotation.Value)));

    internal static ReferenceEnvironmentInjectionFlags InjectionFlags(IResource resource) =>
        resource.Annotations.OfType<ReferenceEnvironmentInjectionAnnotation>().LastOrDefault()?.Flags ?? ReferenceEnvironmentInjectionFlags.All;

    private static async ValueTask<string> SchemeAsync(ExternalServiceResource service, IResource target, CancellationToken cancellationToken)
    {
        try
        {
            return (await service.GetUriAsync(cancellationToken).ConfigureAwait(false)).Scheme;
        }
        catch (ArgumentException exception)
        {
            throw new DistributedApplicationException($"The URL parameter '{service.UrlParameter!.Name}' for source resource '{service.Name}' is invalid while configuring target resource '{target.Name}': {exception.Message}");
        }
    }
}
