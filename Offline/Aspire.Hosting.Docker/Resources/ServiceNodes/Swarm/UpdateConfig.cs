using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>How containers are replaced.</summary>
public sealed class UpdateConfig
{
    /// <summary>How many at once.</summary>
    public int? Parallelism { get; set; }

    /// <summary>How long between them.</summary>
    public string? Delay { get; set; }

    /// <summary>What a failure leads to: <c>pause</c>, <c>continue</c> or <c>rollback</c>.</summary>
    public string? FailureAction { get; set; }

    /// <summary>How long after its start a failure counts.</summary>
    public string? Monitor { get; set; }

    /// <summary>What share of them may fail.</summary>
    public string? MaxFailureRatio { get; set; }

    /// <summary>Whether the old one stops first, <c>stop-first</c>, or the new one starts first, <c>start-first</c>.</summary>
    public string? Order { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "parallelism", Parallelism },
        { "delay", Delay },
        { "failure_action", FailureAction },
        { "monitor", Monitor },
        { "max_failure_ratio", MaxFailureRatio },
        { "order", Order },
    };
}
