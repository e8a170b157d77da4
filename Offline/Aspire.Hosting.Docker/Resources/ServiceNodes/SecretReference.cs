using System.Globalization;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>A secret of the Compose file, where a service has it.</summary>
public sealed class SecretReference
{
    /// <summary>The name in the Compose file.</summary>
    public string? Source { get; set; }

    /// <summary>The file in the container.</summary>
    public string? Target { get; set; }

    /// <summary>The user who owns it.</summary>
    public int? Uid { get; set; }

    /// <summary>The group that owns it.</summary>
    public int? Gid { get; set; }

    /// <summary>Who may read it.</summary>
    public int? Mode { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "source", Source },
        { "target", Target },
        { "uid", Uid?.ToString(CultureInfo.InvariantCulture) },
        { "gid", Gid?.ToString(CultureInfo.InvariantCulture) },
        { "mode", Mode },
    };
}
