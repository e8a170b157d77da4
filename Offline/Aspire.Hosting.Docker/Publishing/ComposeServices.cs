using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Publishing;

/// <summary>Makes the service of a resource.</summary>
internal sealed class ComposeServices(DockerComposeEnvironmentResource environment, PublishStepContext context, PublishedPorts ports, IPublishTarget target, string network, EndpointReference? telemetry)
{
    private const string DockerSocket = "/var/run/docker.sock";

    private readonly PublishedText _text = new(context.ExecutionContext, ports, target);
    private readonly PublishedText _script = new(context.ExecutionContext, ports, new ShellScript(target));

    public async Task<Service> CreateAsync(IResource resource, List<IResource> deployed)
    {
        var service = new Service { Name = ComposePublisher.ServiceName(resource), Image = Image(resource), Networks = [network] };
        if (resource is ContainerResource container)
        {
            AddContainer(service, container);
        }

        await AddEnvironmentAsync(service, resource).ConfigureAwait(false);
        await AddCommandAsync(service, resource).ConfigureAwait(false);
        AddPorts(service, resource);
        AddMounts(service, resource);
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>().Where(wait => deployed.Contains(wait.Resource)))
        {
            service.DependsOn[ComposePublisher.ServiceName(wait.Resource)] = new()
            {
                Condition = wait.WaitType is WaitType.WaitForCompletion ? "service_completed_successfully" : "service_started",
            };
        }

        var composeService = new DockerComposeServiceResource(resource.Name, resource, environment);
        foreach (var customization in resource.Annotations.OfType<DockerComposeServiceCustomizationAnnotation>())
        {
            customization.Configure(composeService, service);
        }

        return service;
    }

    /// <summary>Whoever deploys says which image was built for a project, or from a Dockerfile.</summary>
    private string Image(IResource resource) => DeployedResources.Image(resource)
        ?? environment.Capture($"{EnvironmentVariableName.EncodeUpper(resource.Name)}_IMAGE", $"Container image name for {resource.Name}", resource, resource);

    private static void AddContainer(Service service, ContainerResource container)
    {
        service.Entrypoint = container.Entrypoint is { } entrypoint ? [entrypoint] : [];
        service.ContainerName = container.TryGetLastAnnotation<ContainerNameAnnotation>(out var name) ? name.Name : null;
        service.PullPolicy = container.TryGetLastAnnotation<ContainerImagePullPolicyAnnotation>(out var policy)
            ? policy.ImagePullPolicy switch
            {
                ImagePullPolicy.Always => "always",
                ImagePullPolicy.Missing => "missing",
                ImagePullPolicy.Never => "never",
                _ => null,
            }
            : null;
    }

    private async Task AddEnvironmentAsync(Service service, IResource resource)
    {
        var variables = await DeployedResources.EnvironmentAsync(resource, context).ConfigureAwait(false);
        foreach (var (name, value) in variables.Concat(DeployedResources.TelemetryEnvironment(resource, telemetry)))
        {
            service.Environment[name] = await _text.OfAsync(value, context.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AddCommandAsync(Service service, IResource resource)
    {
        var isForShell = ShellScript.IsShell((resource as ContainerResource)?.Entrypoint);
        foreach (var argument in await PublishedValues.ArgumentsAsync(resource, context.ExecutionContext, context.CancellationToken).ConfigureAwait(false))
        {
            var value = isForShell
                ? _script.OfAsync(argument is string script ? ShellScript.Left(script) : argument, context.CancellationToken)
                : _text.OfAsync(argument, context.CancellationToken);
            service.Command.Add(await value.ConfigureAwait(false));
        }
    }

    private void AddPorts(Service service, IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var port = _text.Port(resource, endpoint);
            var (list, entry) = endpoint switch
            {
                { IsExternal: false } => (service.Expose, port),
                { Port: { } hostPort } when _text.HasOwnPort(resource, endpoint) => (service.Ports, $"{hostPort}:{port}"),
                _ => (service.Ports, port),
            };
            if (!list.Contains(entry))
            {
                list.Add(entry);
            }
        }
    }

    private void AddMounts(Service service, IResource resource)
    {
        var binds = 0;
        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            if (string.IsNullOrEmpty(mount.Source) || string.IsNullOrEmpty(mount.Target))
            {
                throw new InvalidOperationException("Volume source and target must be set");
            }

            var isBind = mount.Type is ContainerMountType.BindMount;
            service.AddVolume(new Volume
            {
                Name = mount.Source,
                Type = isBind ? "bind" : "volume",
                Target = mount.Target,
                Source = isBind && mount.Source != DockerSocket ? BindSource(resource, mount, binds++) : mount.Source,
                ReadOnly = mount.IsReadOnly,
            });
        }
    }

    /// <summary>A directory of this machine is another one where the application is deployed.</summary>
    private string BindSource(IResource resource, ContainerMountAnnotation mount, int index) => environment.Capture(
        $"{EnvironmentVariableName.EncodeUpper(resource.Name)}_BINDMOUNT_{index}", $"Bind mount source for {resource.Name}:{mount.Target}", mount, resource);
}
