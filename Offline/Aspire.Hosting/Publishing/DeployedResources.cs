using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>The resources of a model that a platform runs as containers.</summary>
internal static class DeployedResources
{
    private const string ServiceDiscoveryPrefix = "services__";
    private const string HttpsSuffix = "__https__0";

    /// <summary>Those that are published to the environment.</summary>
    /// <exception cref="DistributedApplicationException">It is not said to which of several environments one is published.</exception>
    public static List<IResource> Of(DistributedApplicationModel model, IComputeEnvironmentResource environment)
    {
        var resources = model.Resources.Where(resource => resource is ContainerResource or ProjectResource && !resource.IsExcludedFromPublish()).ToList();
        var environments = model.Resources.OfType<IComputeEnvironmentResource>().ToList();
        return environments.Count > 1 && resources.Find(resource => resource.GetComputeEnvironment() is null) is { } undecided
            ? throw new DistributedApplicationException(
                $"Resource '{undecided.Name}' has multiple compute environments - '{string.Join(", ", environments.Select(other => other.Name))}'. Please specify a single compute environment using 'WithComputeEnvironment'.")
            : resources.FindAll(resource => (resource.GetComputeEnvironment() ?? environment) == environment);
    }

    /// <summary>The image a resource runs; null for one that is built of a project or a Dockerfile.</summary>
    /// <exception cref="DistributedApplicationException">It has neither.</exception>
    public static string? Image(IResource resource)
    {
        if (resource is ProjectResource || resource.HasAnnotationOfType<DockerfileBuildAnnotation>())
        {
            return null;
        }

        return resource.TryGetContainerImageName(out var image)
            ? image
            : throw new DistributedApplicationException($"Could not get the container image name for resource '{resource.Name}'.");
    }

    /// <summary>The Dockerfile of a resource, if it is one that is written when it is needed: it lies beside what is published.</summary>
    public static async Task<(string Path, string Text)?> DockerfileAsync(IResource resource, DistributedApplicationExecutionContext context, CancellationToken cancellationToken) =>
        resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build) && build.DockerfileFactory is { } factory
            ? ($"{resource.Name}.Dockerfile", await factory(new() { Services = context.Services, Resource = resource, CancellationToken = cancellationToken }).ConfigureAwait(false))
            : null;

    /// <summary>The ports of all resources, numbered in the order of the model whatever refers to whom.</summary>
    public static PublishedPorts Ports(IEnumerable<IResource> resources)
    {
        var ports = new PublishedPorts();
        foreach (var resource in resources)
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            {
                ports.TargetPort(resource, endpoint);
            }
        }

        return ports;
    }

    /// <summary>The environment of a resource, without the https addresses of service discovery: inside a platform, projects speak http.</summary>
    public static async Task<List<KeyValuePair<string, object>>> EnvironmentAsync(IResource resource, PublishStepContext context)
    {
        var variables = await PublishedValues.EnvironmentAsync(resource, context.ExecutionContext, context.CancellationToken).ConfigureAwait(false);
        return
        [
            .. variables.Where(variable =>
                !(variable.Key.StartsWith(ServiceDiscoveryPrefix, StringComparison.Ordinal) && variable.Key.EndsWith(HttpsSuffix, StringComparison.Ordinal) && variable.Value is not string)),
        ];
    }

    /// <summary>The environment by which a resource that sends telemetry reaches the dashboard of its platform.</summary>
    public static IEnumerable<KeyValuePair<string, object>> TelemetryEnvironment(IResource resource, EndpointReference? dashboard) =>
        dashboard is null || !resource.Annotations.OfType<OtlpExporterAnnotation>().Any()
            ? []
            :
            [
                new("OTEL_EXPORTER_OTLP_ENDPOINT", dashboard),
                new("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
                new("OTEL_SERVICE_NAME", resource.Name),
            ];
}
