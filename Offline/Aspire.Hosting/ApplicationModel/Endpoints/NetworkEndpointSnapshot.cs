namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where an endpoint can be reached from a network, once it is known.</summary>
/// <param name="Snapshot">The address.</param>
/// <param name="NetworkID">The network.</param>
public record NetworkEndpointSnapshot(ValueSnapshot<AllocatedEndpoint> Snapshot, NetworkIdentifier NetworkID);
