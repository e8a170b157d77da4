using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>Where the output of a service goes.</summary>
public sealed class Logging
{
    /// <summary>The driver.</summary>
    public string? Driver { get; set; }

    /// <summary>Options of the driver.</summary>
    public Dictionary<string, string> Options { get; set; } = [];

    internal YamlMap ToYaml() => new()
    {
        { "driver", Driver },
        { "options", Options },
    };
}
