namespace Aspire.Hosting.ApplicationModel;

/// <summary>The lifetime of a container.</summary>
public sealed class ContainerLifetimeAnnotation : IResourceAnnotation
{
    /// <summary>How long the container lives.</summary>
    public required ContainerLifetime Lifetime { get; set; }
}
