using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>What the chart says it is.</summary>
/// <param name="description">It, as text or by a parameter.</param>
public sealed class HelmChartDescriptionAnnotation(ReferenceExpression description) : IResourceAnnotation
{
    /// <summary>What the chart says it is.</summary>
    public ReferenceExpression Description { get; } = description ?? throw new ArgumentNullException(nameof(description));
}
