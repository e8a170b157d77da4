using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>The ports of endpoints in what is published: those without one are numbered in the order they are written.</summary>
internal sealed class PublishedPorts
{
    private const int First = 8000;

    private readonly Dictionary<EndpointAnnotation, int> _given = [];
    private int _next = First;

    /// <summary>The port the resource listens on; null when its image decides.</summary>
    public int? TargetPort(IResource resource, EndpointAnnotation endpoint)
    {
        // A port of 0 is any.
        if (endpoint.TargetPort is { } own and not 0)
        {
            return own;
        }

        // Where a project is deployed to decides on the port of its first endpoint of each.
        if (resource is ProjectResource && endpoint.UriScheme is "http" or "https"
            && endpoint == resource.Annotations.OfType<EndpointAnnotation>().First(other => other.UriScheme == endpoint.UriScheme))
        {
            return null;
        }

        if (resource is ContainerResource && endpoint.Port is { } port and not 0)
        {
            return port;
        }

        if (!_given.TryGetValue(endpoint, out var given))
        {
            _given[endpoint] = given = _next++;
        }

        return given;
    }
}
