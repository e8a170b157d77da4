using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>The version of the chart.</summary>
/// <param name="version">It, as text or by a parameter.</param>
public sealed class HelmChartVersionAnnotation(ReferenceExpression version) : IResourceAnnotation
{
    /// <summary>The version of the chart.</summary>
    public ReferenceExpression Version { get; } = version ?? throw new ArgumentNullException(nameof(version));
}
