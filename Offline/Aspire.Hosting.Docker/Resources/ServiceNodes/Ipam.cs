using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>The addresses of a network.</summary>
public sealed class Ipam
{
    /// <summary>The driver.</summary>
    public string? Driver { get; set; }

    /// <summary>The ranges, such as <c>subnet</c> and <c>gateway</c>.</summary>
    public List<Dictionary<string, string>> Config { get; set; } = [];

    /// <summary>Options of the driver.</summary>
    public Dictionary<string, string> Options { get; set; } = [];

    internal YamlMap ToYaml() => new()
    {
        { "driver", Driver },
        { "config", Config },
        { "options", Options },
    };
}
