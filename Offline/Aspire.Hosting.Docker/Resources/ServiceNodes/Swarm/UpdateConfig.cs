using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>How containers are replaced.</summary>
public sealed class UpdateConfig
{
    /// <summary>How many at once.</summary>
    public int? Parallelism { get; set; }

    /// <summary>How long between them.</summary>
    public string? Delay { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "parallelism", Parallelism },
        { "delay", Delay },
    };
}
