using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>Where containers run.</summary>
public sealed class Placement
{
    /// <summary>What must be so of the machine.</summary>
    public List<string>? Constraints { get; set; }

    /// <summary>How they are spread, such as by <c>spread: node.labels.zone</c>.</summary>
    public List<Dictionary<string, string>>? Preferences { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "constraints", Constraints },
        { "preferences", Preferences },
    };
}
