using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>An environment of Kubernetes, to which the resources of the application are published.</summary>
/// <param name="name">The name of the resource.</param>
public sealed class KubernetesEnvironmentResource(string name) : Resource(name), IComputeEnvironmentResource
{
    /// <summary>The name of the Helm chart.</summary>
    internal string HelmChartName { get; set; } = "aspire";

    /// <summary>The version of the Helm chart.</summary>
    internal string HelmChartVersion { get; set; } = "0.1.0";

    /// <summary>What the Helm chart says it is.</summary>
    internal string HelmChartDescription { get; set; } = "Aspire Helm Chart";

    /// <summary>Whether a dashboard runs beside the services and takes their telemetry.</summary>
    public bool DashboardEnabled { get; set; } = true;

    /// <summary>What stands behind a volume: <c>emptyDir</c>, which lives as long as its pod, or <c>pvc</c>, a claim for storage that lasts.</summary>
    public string DefaultStorageType { get; set; } = "emptyDir";

    /// <summary>The storage class of claims; that of the cluster when null.</summary>
    public string? DefaultStorageClassName { get; set; }

    /// <summary>The size of claims.</summary>
    public string DefaultStorageSize { get; set; } = "1Gi";

    /// <summary>How claimed storage may be mounted.</summary>
    public string DefaultStorageReadWritePolicy { get; set; } = "ReadWriteOnce";

    /// <summary>When images are pulled.</summary>
    public string DefaultImagePullPolicy { get; set; } = "IfNotPresent";

    /// <summary>The type of services.</summary>
    public string DefaultServiceType { get; set; } = "ClusterIP";

    internal IResourceBuilder<KubernetesAspireDashboardResource>? Dashboard { get; init; }
}
