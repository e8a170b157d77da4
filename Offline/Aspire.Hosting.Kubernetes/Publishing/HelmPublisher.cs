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
        List<IResource> resources = DeployedResources.Of(context.Model, environment);
        var dashboard = environment.DashboardEnabled ? environment.Dashboard?.Resource : null;
        if (dashboard is not null)
        {
            resources.Insert(0, dashboard);
        }

        var ports = DeployedResources.Ports(resources);
        var telemetry = dashboard?.OtlpGrpcEndpoint;
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
        files.Insert(0, ("Chart.yaml", await ChartAsync().ConfigureAwait(false)));
        await PublishedFiles.WriteAsync(context.OutputPath, files, context.CancellationToken).ConfigureAwait(false);
        Log.Published(context.Services.GetRequiredService<ILogger<HelmPublisher>>(), context.OutputPath);
    }

    private async Task<string> ChartAsync()
    {
        var name = await ValueAsync<HelmChartNameAnnotation>(annotation => annotation.Name, HelmChartOptions.CheckName).ConfigureAwait(false) ?? environment.HelmChartName;
        var version = await ValueAsync<HelmChartVersionAnnotation>(annotation => annotation.Version, HelmChartOptions.CheckVersion).ConfigureAwait(false) ?? environment.HelmChartVersion;
        var description = await ValueAsync<HelmChartDescriptionAnnotation>(annotation => annotation.Description, HelmChartOptions.CheckDescription).ConfigureAwait(false) ?? environment.HelmChartDescription;
        return YamlText.Write(new YamlMap
        {
            { "apiVersion", "v2" },
            { "name", name },
            { "version", version },
            { "kubeVersion", ">= 1.18.0-0" },
            { "description", description },
            { "type", "application" },
            { "keywords", s_keywords },
            { "appVersion", version },
            { "deprecated", false },
        });
    }

    /// <summary>A value that may be one of a parameter, which is only known now; null when there is none.</summary>
    private async Task<string?> ValueAsync<T>(Func<T, ReferenceExpression> expression, Action<string, string> check)
        where T : IResourceAnnotation
    {
        if (!environment.TryGetLastAnnotation<T>(out var annotation)
            || await expression(annotation).GetValueAsync(context.CancellationToken).ConfigureAwait(false) is not { } value || string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        check(value, typeof(T).Name);
        return value;
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Information, "Published Helm chart to: {Path}")]
        public static partial void Published(ILogger logger, string path);
    }
}
