namespace Aspire.Hosting.ApplicationModel;

/// <summary>Chooses the endpoints of which a project is told in its environment.</summary>
internal sealed class EndpointsInEnvironmentAnnotation(Func<EndpointAnnotation, bool> filter) : IResourceAnnotation
{
    public Func<EndpointAnnotation, bool> Filter { get; } = filter;
}
