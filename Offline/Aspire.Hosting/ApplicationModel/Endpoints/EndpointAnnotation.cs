#pragma warning disable CA1308 // Schemes are in lower case.
using System.Diagnostics;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint a resource listens on.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private string? _transport;
    private int? _port;
    private bool _portSet;
    private int? _targetPort;
    private bool _targetPortSet;
    private bool? _tlsEnabled;

    /// <summary>Creates an endpoint of the host's network.</summary>
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, [EndpointName] string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
        : this(protocol, networkId: null, uriScheme, transport, name, port, targetPort, isExternal, isProxied)
    {
    }

    /// <summary>Creates an endpoint of the host's network.</summary>
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme, string? transport, [EndpointName] string? name, int? port, int? targetPort, bool? isExternal, bool isProxied)
        : this(protocol, networkId: null, uriScheme, transport, name, port, targetPort, isExternal, (bool?)isProxied)
    {
    }

    /// <summary>Creates an endpoint of a network.</summary>
    public EndpointAnnotation(ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme, string? transport, [EndpointName] string? name, int? port, int? targetPort, bool? isExternal, bool isProxied)
        : this(protocol, networkId, uriScheme, transport, name, port, targetPort, isExternal, (bool?)isProxied)
    {
    }

    /// <summary>Creates an endpoint of a network.</summary>
    public EndpointAnnotation(ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme = null, string? transport = null, [EndpointName] string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        Protocol = protocol;
        DefaultNetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        _transport = transport;
        Name = name ?? UriScheme;
        ModelName.Validate(nameof(EndpointAnnotation), Name, nameof(name));
        _port = port;
        _portSet = port is not null;
        _targetPort = targetPort;
        _targetPortSet = targetPort is not null;
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
        AllAllocatedEndpoints.Of(DefaultNetworkID);
    }

    /// <summary>The name of the endpoint, unique in its resource.</summary>
    public string Name { get; set; }

    /// <summary>The network protocol.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The scheme of the endpoint's URL.</summary>
    public string UriScheme { get; set; }

    /// <summary>How the endpoint is spoken to: <c>http</c>, <c>http2</c>, <c>tcp</c>.</summary>
    public string Transport
    {
        get => _transport ?? (HasScheme("http") || HasScheme("https") ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>The public port, or null for any.</summary>
    public int? Port
    {
        // Without a proxy between them the public port and the resource's own are one.
        get => _portSet || IsProxied ? _port : _targetPort;
        set
        {
            _port = value;
            _portSet = value is not null;
        }
    }

    /// <summary>The port the resource itself listens on, or null for any.</summary>
    public int? TargetPort
    {
        get => _targetPortSet || IsProxied ? _targetPort : _port;
        set
        {
            // That there is none is said as well.
            _targetPort = value;
            _targetPortSet = true;
        }
    }

    /// <summary>The address the resource itself listens on.</summary>
    public string TargetHost { get; set; } = KnownHostNames.Localhost;

    /// <summary>Whether the endpoint is open to the world once it is deployed.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether a proxy listens on the public port.</summary>
    public bool IsProxied
    {
        get => IsExplicitlyProxied ?? true;
        set => IsExplicitlyProxied = value;
    }

    /// <summary>Whether a proxy was asked for or refused; null when nothing was said.</summary>
    public bool? IsExplicitlyProxied { get; set; }

    /// <summary>Whether the endpoint is encrypted: one of scheme https is, if nothing else was said.</summary>
    public bool TlsEnabled
    {
        get => _tlsEnabled ?? HasScheme("https");
        set => _tlsEnabled = value;
    }

    /// <summary>Whether a reference to the resource leaves this endpoint out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>The environment variable that tells the resource the port it listens on.</summary>
    internal string? TargetPortEnvironmentVariable { get; set; }

    /// <summary>The network the endpoint is in.</summary>
    public NetworkIdentifier DefaultNetworkID { get; }

    /// <summary>Where the endpoint can be reached from its own network; null until it is known.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get
        {
            var snapshot = AllAllocatedEndpoints.Of(DefaultNetworkID);
            return snapshot.IsValueSet ? snapshot.GetValueAsync().GetAwaiter().GetResult() : null;
        }

        set
        {
            if (value is not null)
            {
                AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(value.NetworkID, value);
            }
        }
    }

    /// <summary>Where the endpoint can be reached, by network.</summary>
    public NetworkEndpointSnapshotList AllAllocatedEndpoints { get; } = new();

    private bool HasScheme(string scheme) => string.Equals(UriScheme, scheme, StringComparison.OrdinalIgnoreCase);
}
