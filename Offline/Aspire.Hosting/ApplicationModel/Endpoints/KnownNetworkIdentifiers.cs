namespace Aspire.Hosting.ApplicationModel;

/// <summary>The networks every application knows.</summary>
public static class KnownNetworkIdentifiers
{
    /// <summary>The host's loopback network.</summary>
    public static readonly NetworkIdentifier LocalhostNetwork = new("localhost");

    /// <summary>The network the application's containers share.</summary>
    public static readonly NetworkIdentifier DefaultAspireContainerNetwork = new("aspire-container-network");

    /// <summary>The internet.</summary>
    public static readonly NetworkIdentifier PublicInternet = new(".");
}
