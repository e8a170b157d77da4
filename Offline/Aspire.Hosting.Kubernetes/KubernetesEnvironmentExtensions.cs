#pragma warning disable CA1308 // Names in Kubernetes are in lower case.
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

/// <summary>Publishes an application to Kubernetes.</summary>
public static class KubernetesEnvironmentExtensions
{
    /// <summary>Adds an environment of Kubernetes: the step <c>publish</c> then writes a Helm chart.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> AddKubernetesEnvironment(this IDistributedApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var environment = new KubernetesEnvironmentResource(name)
        {
            HelmChartName = builder.Environment.ApplicationName.ToLowerInvariant().Replace('.', '-'),
            Dashboard = PlatformDashboard.Create(builder, new KubernetesAspireDashboardResource($"{name}-dashboard")),
        };
        if (builder.ExecutionContext.IsRunMode)
        {
            return builder.CreateResourceBuilder(environment);
        }

        return builder.AddResource(environment)
            .ExcludeFromManifest()
            .WithAnnotation(new PublishStepAnnotation(context => new HelmPublisher(environment, context).PublishAsync()));
    }

    /// <summary>Sets properties of the environment.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> WithProperties(this IResourceBuilder<KubernetesEnvironmentResource> builder, Action<KubernetesEnvironmentResource> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.Resource);
        return builder;
    }

    /// <summary>Says whether a dashboard runs beside the services.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> WithDashboard(this IResourceBuilder<KubernetesEnvironmentResource> builder, bool enabled = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.DashboardEnabled = enabled;
        return builder;
    }

    /// <summary>Configures the dashboard that runs beside the services.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> WithDashboard(this IResourceBuilder<KubernetesEnvironmentResource> builder, Action<IResourceBuilder<KubernetesAspireDashboardResource>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.Resource.Dashboard ?? throw new InvalidOperationException($"The environment '{builder.Resource.Name}' has no dashboard."));
        return builder.WithDashboard();
    }

    /// <summary>Says what the Helm chart is called.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> WithHelm(this IResourceBuilder<KubernetesEnvironmentResource> builder, Action<HelmChartOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure?.Invoke(new(builder));
        return builder;
    }
}
