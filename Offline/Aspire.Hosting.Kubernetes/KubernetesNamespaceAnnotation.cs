using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>The namespace the chart is installed in.</summary>
/// <param name="namespace">It, as text or by a parameter.</param>
public sealed class KubernetesNamespaceAnnotation(ReferenceExpression @namespace) : IResourceAnnotation
{
    /// <summary>The namespace the chart is installed in.</summary>
    public ReferenceExpression Namespace { get; } = @namespace ?? throw new ArgumentNullException(nameof(@namespace));
}
