using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>A file of the Compose file, where a service has it.</summary>
public sealed class ConfigReference
{
    /// <summary>The name in the Compose file.</summary>
    public string? Source { get; set; }

    /// <summary>The path in the container.</summary>
    public string? Target { get; set; }

    /// <summary>The user who owns it.</summary>
    public string? Uid { get; set; }

    /// <summary>The group that owns it.</summary>
    public string? Gid { get; set; }

    /// <summary>What may be done with it.</summary>
    public UnixFileMode? Mode { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "source", Source },
        { "target", Target },
        { "uid", Uid },
        { "gid", Gid },
        { "mode", Mode is { } mode ? new YamlRaw($"0{Convert.ToString((int)mode, 8)}") : null },
    };
}
