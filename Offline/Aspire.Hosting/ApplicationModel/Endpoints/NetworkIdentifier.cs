namespace Aspire.Hosting.ApplicationModel;

/// <summary>A network resources are reached through.</summary>
/// <param name="Value">The name of the network.</param>
public record NetworkIdentifier(string Value);
