namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of an endpoint.</summary>
public enum EndpointProperty
{
    /// <summary>The URL.</summary>
    Url = 0,

    /// <summary>The host name.</summary>
    Host = 1,

    /// <summary>The host as an IPv4 address.</summary>
    IPV4Host = 2,

    /// <summary>The public port.</summary>
    Port = 3,

    /// <summary>The scheme of the URL.</summary>
    Scheme = 4,

    /// <summary>The port the resource itself listens on.</summary>
    TargetPort = 5,

    /// <summary>Host name and port with a colon between them.</summary>
    HostAndPort = 6,

    /// <summary><c>True</c> when the endpoint is encrypted, else <c>False</c>.</summary>
    TlsEnabled = 7,
}
