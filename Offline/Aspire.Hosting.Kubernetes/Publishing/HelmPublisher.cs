using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Publishes the model as a Helm chart.</summary>
internal sealed partial class HelmPublisher(KubernetesEnvironmentResource environment, PublishStepContext context)
{
    private static readonly string[] s_keywords = ["aspire", "kubernetes"];

    public async Task PublishAsync()
    {
        List<IResource> resources = DeployedResources.Of(context.Model);
        var dashboard = environment.DashboardEnabled ? environment.Dashboard : null;
        if (dashboard is not null)
        {
            resources.Insert(0, dashboard);
        }

        var ports = DeployedResources.Ports(resources);
        var telemetry = dashboard is null ? null : new EndpointReference(dashboard, PlatformDashboard.OtlpGrpcEndpointName);
        var values = new HelmValues();
        List<(string, string)> files = [];
        Dictionary<string, string> claims = [];
        foreach (var resource in resources)
        {
            var evaluated = await EvaluatedResource.CreateAsync(resource, values, ports, telemetry, context).ConfigureAwait(false);
            files.AddRange(new ResourceTemplates(environment, evaluated, values, claims).Write());
            if (await DeployedResources.DockerfileAsync(resource, context.ExecutionContext, context.CancellationToken).ConfigureAwait(false) is { } dockerfile)
            {
                files.Add(dockerfile);
            }
        }

        files.Insert(0, ("values.yaml", values.ToYaml()));
        files.Insert(0, ("Chart.yaml", Chart()));
        await PublishedFiles.WriteAsync(context.OutputPath, files, context.CancellationToken).ConfigureAwait(false);
        Log.Published(context.Services.GetRequiredService<ILogger<HelmPublisher>>(), context.OutputPath);
    }

    private string Chart() => YamlText.Write(new YamlMap
    {
        { "apiVersion", "v2" },
        { "name", environment.HelmChartName },
        { "version", environment.HelmChartVersion },
        { "kubeVersion", ">= 1.18.0-0" },
        { "description", environment.HelmChartDescription },
        { "type", "application" },
        { "keywords", s_keywords },
        { "appVersion", environment.HelmChartVersion },
        { "deprecated", false },
    });

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Information, "Published Helm chart to: {Path}")]
        public static partial void Published(ILogger logger, string path);
    }
}
