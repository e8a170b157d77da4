using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Gives every endpoint its address, with a proxy behind it, before anything starts.</summary>
internal sealed class EndpointAllocator(PortAllocator ports, bool randomizePorts) : IAsyncDisposable
{
    private readonly Dictionary<EndpointAnnotation, EndpointProxy> _proxies = [];

    /// <summary>Binds the public ports of a resource and publishes their addresses.</summary>
    /// <exception cref="DistributedApplicationException">A port is taken; the message names it and the resource.</exception>
    public void Allocate(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.AllocatedEndpoint is null))
        {
            Allocate(resource, endpoint);
        }
    }

    /// <summary>The proxy of an endpoint; null when it has none.</summary>
    public EndpointProxy? ProxyOf(EndpointAnnotation endpoint) => _proxies.GetValueOrDefault(endpoint);

    /// <summary>The port an instance is to listen on for an endpoint.</summary>
    public int TargetPort(IResource resource, EndpointAnnotation endpoint)
    {
        if (!IsProxied(resource, endpoint))
        {
            return endpoint.AllocatedEndpoint!.Port;
        }

        return !resource.IsContainer() && endpoint.TargetPort is { } port ? port : ports.Next(endpoint.Protocol);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies.Values)
        {
            await proxy.DisposeAsync().ConfigureAwait(false);
        }

        _proxies.Clear();
    }

    // A datagram has no connection to hold or to hand over: such endpoints are bound by the instance itself.
    private static bool IsProxied(IResource resource, EndpointAnnotation endpoint) =>
        endpoint.IsProxied
        && endpoint.Protocol == ProtocolType.Tcp
        && resource.Annotations.OfType<ProxySupportAnnotation>().LastOrDefault()?.ProxyEnabled != false
        && !(ReplicaRules.IsPersistent(resource) && endpoint.IsExplicitlyProxied != true);

    private void Allocate(IResource resource, EndpointAnnotation endpoint)
    {
        var port = randomizePorts && IsProxied(resource, endpoint) ? 0 : endpoint.Port ?? 0;
        if (IsProxied(resource, endpoint))
        {
            try
            {
                var proxy = EndpointProxy.Start(endpoint.TargetHost, port);
                _proxies[endpoint] = proxy;
                ports.Reserve(proxy.Port);
                port = proxy.Port;
            }
            catch (SocketException exception)
            {
                throw new DistributedApplicationException($"Endpoint '{endpoint.Name}' of resource '{resource.Name}' can't listen on port {port}: {Reason(exception)}.", exception);
            }
        }
        else if (port == 0)
        {
            port = !resource.IsContainer() && endpoint.TargetPort is { } target
                ? target
                : ReplicaRules.IsPersistent(resource) ? StablePort(resource, endpoint) : ports.Next(endpoint.Protocol);
        }

        var targetPort = endpoint.TargetPort is { } fixedPort && (resource.IsContainer() || IsProxied(resource, endpoint))
            ? fixedPort.ToString(CultureInfo.InvariantCulture)
            : IsProxied(resource, endpoint)
                ? InstanceTemplate.TargetPort(resource.Name, endpoint.Name)
                : port.ToString(CultureInfo.InvariantCulture);
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(
            endpoint,
            HostOf(endpoint),
            port,
            EndpointBindingMode.SingleAddress,
            targetPort,
            KnownNetworkIdentifiers.LocalhostNetwork);
        AllocateForContainers(resource, endpoint, port);
    }

    // Containers see each other by name at the target port, and what runs on the host through the host.
    private static void AllocateForContainers(IResource resource, EndpointAnnotation endpoint, int publicPort)
    {
        var network = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
        var (host, port) = resource.IsContainer()
            ? ($"{resource.Name}.dev.internal", endpoint.TargetPort ?? publicPort)
            : (KnownHostNames.DefaultContainerTunnelHostName, publicPort);
        endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(
            network,
            new AllocatedEndpoint(endpoint, host, port, EndpointBindingMode.SingleAddress, port.ToString(CultureInfo.InvariantCulture), network));
    }

    // What outlives the run must be found on the same port by the next one. The range is the published one.
    private static int StablePort(IResource resource, EndpointAnnotation endpoint)
    {
        const int first = 10_000;
        const int last = 32_767;
        var hash = System.IO.Hashing.XxHash32.HashToUInt32(System.Text.Encoding.UTF8.GetBytes($"{AppContext.BaseDirectory}/{resource.Name}/{endpoint.Name}"));
        return first + (int)(hash % (last - first + 1));
    }

    private static string HostOf(EndpointAnnotation endpoint) =>
        endpoint.TargetHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) ? endpoint.TargetHost : KnownHostNames.Localhost;

    private static string Reason(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the port is already in use",
        SocketError.AccessDenied => "permission denied",
        _ => exception.Message,
    };
}
