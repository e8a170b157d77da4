#pragma warning disable CA1308 // Compose wants service names in lower case.
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Docker.Publishing;

/// <summary>Publishes the model as <c>docker-compose.yaml</c> and the <c>.env</c> file it reads.</summary>
internal sealed partial class ComposePublisher(DockerComposeEnvironmentResource environment, PublishStepContext context) : IPublishTarget
{
    private const string ComposeFileName = "docker-compose.yaml";
    private const string EnvFileName = ".env";

    public async Task PublishAsync()
    {
        List<(string, string)> dockerfiles = [];
        var file = await ComposeFileAsync(dockerfiles).ConfigureAwait(false);
        foreach (var configure in environment.ConfigureComposeFile)
        {
            configure(file);
        }

        foreach (var configure in environment.ConfigureEnvFile)
        {
            configure(environment.Captured);
        }

        var envFile = EnvFile.Read(Path.Combine(context.OutputPath, EnvFileName));
        envFile.Add(environment.Captured.Values);
        await PublishedFiles.WriteAsync(context.OutputPath, [(ComposeFileName, file.ToYaml()), (EnvFileName, envFile.ToString()), .. dockerfiles], context.CancellationToken).ConfigureAwait(false);
        Log.Published(context.Services.GetRequiredService<ILogger<ComposePublisher>>(), Path.Combine(context.OutputPath, ComposeFileName));
    }

    public static string ServiceName(IResource resource) => resource.Name.ToLowerInvariant();

    string IPublishTarget.Host(IResource resource) => resource.Name;

    string IPublishTarget.PortOfImage(IResource resource, EndpointAnnotation endpoint) =>
        environment.Capture($"{EnvironmentVariableName.EncodeUpper(resource.Name)}_PORT", $"Default container port for {resource.Name}", endpoint, resource);

    string IPublishTarget.Placeholder(IManifestExpressionProvider value) => environment.Capture(value);

    private async Task<ComposeFile> ComposeFileAsync(List<(string, string)> dockerfiles)
    {
        var dashboard = environment.DashboardEnabled ? environment.Dashboard?.Resource : null;
        List<IResource> resources = DeployedResources.Of(context.Model, environment);
        if (dashboard is not null)
        {
            resources.Insert(0, dashboard);
        }

        var network = environment.DefaultNetworkName ?? "aspire";
        var services = new ComposeServices(environment, context, DeployedResources.Ports(resources), this, network, dashboard?.OtlpGrpcEndpoint);
        var file = new ComposeFile().AddNetwork(new() { Name = network, Driver = "bridge" });
        foreach (var resource in resources)
        {
            if (await DeployedResources.DockerfileAsync(resource, context.ExecutionContext, context.CancellationToken).ConfigureAwait(false) is { } dockerfile)
            {
                dockerfiles.Add(dockerfile);
            }

            var service = await services.CreateAsync(resource, resources).ConfigureAwait(false);
            file.AddService(service);
            foreach (var volume in service.Volumes.Where(volume => volume.Type == "volume"))
            {
                file.AddVolume(new() { Name = volume.Name, Driver = "local" });
            }
        }

        return file;
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Information, "Published Docker Compose file to: {Path}")]
        public static partial void Published(ILogger logger, string path);
    }
}
