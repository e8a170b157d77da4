using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>What the chart is called. Its namespace and its release are for who installs it: a publish does not.</summary>
public sealed partial class HelmChartOptions
{
    private const int LongestNamespace = 63;
    private const int LongestRelease = 53;
    private const int LongestName = 250;
    private const int LongestDescription = 1024;

    private readonly IResourceBuilder<KubernetesEnvironmentResource> _environment;

    internal HelmChartOptions(IResourceBuilder<KubernetesEnvironmentResource> environment) => _environment = environment;

    /// <summary>Sets the namespace the chart is installed in.</summary>
    public HelmChartOptions WithNamespace(string @namespace)
    {
        CheckLabel(@namespace, "Kubernetes namespace", LongestNamespace, nameof(@namespace));
        return With(new KubernetesNamespaceAnnotation(ReferenceExpression.Create($"{@namespace}")));
    }

    /// <summary>Sets the namespace the chart is installed in.</summary>
    public HelmChartOptions WithNamespace(IResourceBuilder<ParameterResource> @namespace)
    {
        ArgumentNullException.ThrowIfNull(@namespace);
        return With(new KubernetesNamespaceAnnotation(ReferenceExpression.Create($"{@namespace}")));
    }

    /// <summary>Sets the name the chart is installed under.</summary>
    public HelmChartOptions WithReleaseName(string releaseName)
    {
        CheckLabel(releaseName, "Helm release name", LongestRelease, nameof(releaseName));
        return With(new HelmReleaseNameAnnotation(ReferenceExpression.Create($"{releaseName}")));
    }

    /// <summary>Sets the name the chart is installed under.</summary>
    public HelmChartOptions WithReleaseName(IResourceBuilder<ParameterResource> releaseName)
    {
        ArgumentNullException.ThrowIfNull(releaseName);
        return With(new HelmReleaseNameAnnotation(ReferenceExpression.Create($"{releaseName}")));
    }

    /// <summary>Sets the name of the chart.</summary>
    public HelmChartOptions WithChartName(string name)
    {
        CheckName(name, nameof(name));
        return With(new HelmChartNameAnnotation(ReferenceExpression.Create($"{name}")));
    }

    /// <summary>Sets the name of the chart.</summary>
    public HelmChartOptions WithChartName(IResourceBuilder<ParameterResource> name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return With(new HelmChartNameAnnotation(ReferenceExpression.Create($"{name}")));
    }

    /// <summary>Sets the version of the chart, such as <c>1.2.3</c>, <c>1.2</c> or <c>v1.2.3-beta.1</c>.</summary>
    public HelmChartOptions WithChartVersion(string version)
    {
        CheckVersion(version, nameof(version));
        return With(new HelmChartVersionAnnotation(ReferenceExpression.Create($"{version}")));
    }

    /// <summary>Sets the version of the chart.</summary>
    public HelmChartOptions WithChartVersion(IResourceBuilder<ParameterResource> version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return With(new HelmChartVersionAnnotation(ReferenceExpression.Create($"{version}")));
    }

    /// <summary>Sets what the chart says it is.</summary>
    public HelmChartOptions WithChartDescription(string description)
    {
        CheckDescription(description, nameof(description));
        return With(new HelmChartDescriptionAnnotation(ReferenceExpression.Create($"{description}")));
    }

    /// <summary>Sets what the chart says it is.</summary>
    public HelmChartOptions WithChartDescription(IResourceBuilder<ParameterResource> description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return With(new HelmChartDescriptionAnnotation(ReferenceExpression.Create($"{description}")));
    }

    /// <exception cref="ArgumentException">Helm takes no such name.</exception>
    internal static void CheckName(string name, string parameter)
    {
        CheckLength(name, "Helm chart name '{0}'", LongestName, parameter);
        if (!ChartName().IsMatch(name))
        {
            throw new ArgumentException($"Helm chart name '{name}' is invalid. Use alphanumeric characters, '-', '_', or '.'.", parameter);
        }
    }

    /// <exception cref="ArgumentException">Helm takes no such version.</exception>
    internal static void CheckVersion(string version, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version, parameter);
        if (!ChartVersion().IsMatch(version))
        {
            throw new ArgumentException($"Helm chart version '{version}' is invalid. Helm accepts versions such as '1.2.3', '1.2.3-beta.1+ef365', '1', '1.2', or 'v1.2.3'.", parameter);
        }
    }

    /// <exception cref="ArgumentException">Helm takes no such description.</exception>
    internal static void CheckDescription(string description, string parameter) => CheckLength(description, "Helm chart description", LongestDescription, parameter);

    private HelmChartOptions With<T>(T annotation)
        where T : IResourceAnnotation
    {
        _environment.WithAnnotation(annotation, ResourceAnnotationMutationBehavior.Replace);
        return this;
    }

    private static void CheckLabel(string value, string what, int longest, string parameter)
    {
        CheckLength(value, $"{what} '{{0}}'", longest, parameter);
        if (!Label().IsMatch(value))
        {
            throw new ArgumentException($"{what} '{value}' is invalid. Use lowercase letters, numbers, and hyphens, and start and end with an alphanumeric character.", parameter);
        }
    }

    private static void CheckLength(string value, string what, int longest, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        if (value.Length > longest)
        {
            throw new ArgumentException($"{what.Replace("{0}", value, StringComparison.Ordinal)} is invalid. It must be {longest} characters or fewer.", parameter);
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?\\z")]
    private static partial Regex Label();

    [GeneratedRegex("^[a-zA-Z0-9._-]+\\z")]
    private static partial Regex ChartName();

    [GeneratedRegex(@"^v?(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){0,2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z")]
    private static partial Regex ChartVersion();
}
