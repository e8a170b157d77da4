using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>When a container is started again.</summary>
public sealed class RestartPolicy
{
    /// <summary><c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
    public string? Condition { get; set; }

    /// <summary>How long after.</summary>
    public string? Delay { get; set; }

    /// <summary>How often.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>How long it must run for a start to count as one.</summary>
    public string? Window { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "condition", Condition },
        { "delay", Delay },
        { "max_attempts", MaxAttempts },
        { "window", Window },
    };
}
