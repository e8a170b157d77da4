using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>The name of the chart.</summary>
/// <param name="name">It, as text or by a parameter.</param>
public sealed class HelmChartNameAnnotation(ReferenceExpression name) : IResourceAnnotation
{
    /// <summary>The name of the chart.</summary>
    public ReferenceExpression Name { get; } = name ?? throw new ArgumentNullException(nameof(name));
}
