namespace Aspire.Hosting.ApplicationModel;

/// <summary>The kinds of environment variables a reference gives a resource.</summary>
[Flags]
public enum ReferenceEnvironmentInjectionFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The connection string.</summary>
    ConnectionString = 1,

    /// <summary>The parts of the connection, such as host and port.</summary>
    ConnectionProperties = 2,

    /// <summary>The addresses as service discovery reads them.</summary>
    ServiceDiscovery = 4,

    /// <summary>The addresses under short names.</summary>
    Endpoints = 8,

    /// <summary>All kinds.</summary>
    All = ConnectionString | ConnectionProperties | ServiceDiscovery | Endpoints,
}
