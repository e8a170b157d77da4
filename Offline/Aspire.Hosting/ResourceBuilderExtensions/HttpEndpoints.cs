using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Chooses the endpoint that health checks, probes and commands send their requests to.</summary>
internal static class HttpEndpoints
{
    private static readonly string[] s_usual = ["https", "http"];

    public static Func<EndpointReference> Selector<T>(IResourceBuilder<T> builder, string? endpointName, string purpose)
        where T : IResourceWithEndpoints => () =>
        {
            var names = endpointName is null ? s_usual : [endpointName];
            return names.Select(name => builder.Resource.GetEndpoint(name)).FirstOrDefault(endpoint => endpoint.Exists)
                ?? throw new DistributedApplicationException($"Could not create HTTP {purpose} for resource '{builder.Resource.Name}' as no endpoint was found matching one of the specified names: {string.Join(", ", names)}");
        };

    public static void Check(IResource resource, EndpointReference endpoint, string purpose)
    {
        if (endpoint.Scheme is not ("http" or "https"))
        {
            throw new DistributedApplicationException($"Could not create HTTP {purpose} for resource '{resource.Name}' as the endpoint with name '{endpoint.EndpointName}' and scheme '{endpoint.Scheme}' is not an HTTP endpoint.");
        }
    }
}
