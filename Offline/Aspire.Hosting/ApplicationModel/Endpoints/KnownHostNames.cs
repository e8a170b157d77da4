namespace Aspire.Hosting.ApplicationModel;

/// <summary>The host names every application knows.</summary>
public static class KnownHostNames
{
    /// <summary>The host as its own processes call it.</summary>
    public const string Localhost = "localhost";

    /// <summary>The host as Docker Desktop's containers call it.</summary>
    public const string DockerDesktopHostBridge = "host.docker.internal";

    /// <summary>The host as the application's containers call it.</summary>
    public const string DefaultContainerTunnelHostName = "aspire.dev.internal";
}
