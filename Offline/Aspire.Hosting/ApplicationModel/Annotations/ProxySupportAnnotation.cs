namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether a proxy stands in front of the endpoints of a resource.</summary>
public sealed class ProxySupportAnnotation : IResourceAnnotation
{
    /// <summary>Whether there is a proxy.</summary>
    public required bool ProxyEnabled { get; set; }
}
