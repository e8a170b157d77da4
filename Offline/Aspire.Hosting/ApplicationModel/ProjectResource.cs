namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project.</summary>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource, IContainerFilesDestinationResource
{
    /// <summary>The default https endpoint in publish mode: it shares the port of the http one, and is not in HTTPS_PORTS.</summary>
    internal EndpointAnnotation? DefaultHttpsEndpoint { get; set; }

    /// <summary>Whether Kestrel takes its endpoints from the project's own configuration.</summary>
    internal bool HasKestrelEndpoints { get; set; }
}
