namespace Aspire.Hosting.ApplicationModel;

/// <summary>The environment variables by which a resource finds the endpoints of another.</summary>
internal static class ServiceReferenceEnvironment
{
    /// <param name="consumer">The resource that gets the variables.</param>
    /// <param name="reference">The endpoints it refers to.</param>
    /// <param name="name">The name it knows the other by; null for the other's own.</param>
    public static Action<EnvironmentCallbackContext> Of(IResource consumer, EndpointReferenceAnnotation reference, string? name) => context =>
    {
        var flags = ResourceBuilderExtensions.InjectionFlags(consumer);
        var source = reference.Resource;
        var prefix = name is null ? EnvironmentVariableName.EncodeUpper(source.Name) : EnvironmentVariableName.Encode(name);

        foreach (var annotation in source.Annotations.OfType<EndpointAnnotation>().ToList())
        {
            if (!IsMeant(annotation, reference))
            {
                continue;
            }

            var endpoint = new EndpointReference(source, annotation, contextNetworkId: null);
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                context.EnvironmentVariables[$"{prefix}_{EnvironmentVariableName.EncodeUpper(endpoint.EndpointName)}"] = endpoint;
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                var key = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
                var index = 0;
                while (!context.EnvironmentVariables.TryAdd($"services__{name ?? source.Name}__{key}__{index}", endpoint))
                {
                    index++;
                }
            }
        }
    };

    private static bool IsMeant(EndpointAnnotation endpoint, EndpointReferenceAnnotation reference) =>
        reference.EndpointNames.Contains(endpoint.Name) || (reference.UseAllEndpoints && !endpoint.ExcludeReferenceEndpoint);
}
