using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>A volume in a Compose file, and where a service has it.</summary>
public sealed class Volume : NamedComposeMember
{
    /// <summary><c>volume</c>, or <c>bind</c> for a directory of the machine.</summary>
    public string? Type { get; set; }

    /// <summary>The directory in the container.</summary>
    public string? Target { get; set; }

    /// <summary>The name of the volume, or the directory of the machine.</summary>
    public string? Source { get; set; }

    /// <summary>The driver.</summary>
    public string? Driver { get; set; }

    /// <summary>Whether the container may not write.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>Options of the driver.</summary>
    public Dictionary<string, string> DriverOpts { get; set; } = [];

    /// <summary>Whether it exists already, and is not made and not removed.</summary>
    public bool? External { get; set; }

    /// <summary>Labels.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    internal YamlMap ToYaml() => new()
    {
        { "type", Type },
        { "target", Target },
        { "source", Source },
        { "read_only", ReadOnly },
        { "driver", Driver },
        { "driver_opts", DriverOpts },
        { "external", External },
        { "labels", Labels },
    };
}
