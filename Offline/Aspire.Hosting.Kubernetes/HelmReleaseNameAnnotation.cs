using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>The name the chart is installed under.</summary>
/// <param name="releaseName">It, as text or by a parameter.</param>
public sealed class HelmReleaseNameAnnotation(ReferenceExpression releaseName) : IResourceAnnotation
{
    /// <summary>The name the chart is installed under.</summary>
    public ReferenceExpression ReleaseName { get; } = releaseName ?? throw new ArgumentNullException(nameof(releaseName));
}
