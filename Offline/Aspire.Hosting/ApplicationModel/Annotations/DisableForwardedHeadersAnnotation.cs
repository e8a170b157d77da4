namespace Aspire.Hosting.ApplicationModel;

/// <summary>A published project is not told to trust forwarded headers.</summary>
public sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation
{
}
