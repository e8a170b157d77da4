namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>The labels of a service.</summary>
public sealed class LabelSpecs : Dictionary<string, string>;
