using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>How it is found out whether a service is healthy.</summary>
public sealed class Healthcheck
{
    /// <summary>The command, after <c>CMD</c> or <c>CMD-SHELL</c>.</summary>
    public List<string> Test { get; set; } = [];

    /// <summary>How often.</summary>
    public required string Interval { get; set; }

    /// <summary>How long it may take.</summary>
    public required string Timeout { get; set; }

    /// <summary>How many failures make it unhealthy.</summary>
    public int? Retries { get; set; }

    /// <summary>How long failures do not count at first.</summary>
    public required string StartPeriod { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "test", Test },
        { "interval", Interval },
        { "timeout", Timeout },
        { "retries", Retries },
        { "start_period", StartPeriod },
    };
}
