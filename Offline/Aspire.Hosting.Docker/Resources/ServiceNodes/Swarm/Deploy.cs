using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>How a service is deployed.</summary>
public sealed class Deploy
{
    /// <summary><c>replicated</c>, or <c>global</c> for one on each machine.</summary>
    public string? Mode { get; set; }

    /// <summary>How many containers.</summary>
    public int? Replicas { get; set; }

    /// <summary>What they may use.</summary>
    public Resources? Resources { get; set; }

    /// <summary>When they are started again.</summary>
    public RestartPolicy? RestartPolicy { get; set; }

    /// <summary>Where they run.</summary>
    public Placement? Placement { get; set; }

    /// <summary>How they are replaced.</summary>
    public UpdateConfig? UpdateConfig { get; set; }

    /// <summary>Labels of the service, not of its containers.</summary>
    public LabelSpecs? Labels { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "replicas", Replicas },
        { "mode", Mode },
        { "resources", Resources?.ToYaml() },
        { "placement", Placement?.ToYaml() },
        { "update_config", UpdateConfig?.ToYaml() },
        { "restart_policy", RestartPolicy?.ToYaml() },
        { "labels", Labels },
    };
}
