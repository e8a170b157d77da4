using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>An amount of what a machine has.</summary>
public sealed class ResourceSpec
{
    /// <summary>Processors, such as <c>0.5</c>.</summary>
    public string? Cpus { get; set; }

    /// <summary>Memory, such as <c>64M</c>.</summary>
    public string? Memory { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "cpus", Cpus },
        { "memory", Memory },
    };
}
