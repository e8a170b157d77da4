using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>How the image of a service is built.</summary>
public sealed class Build
{
    /// <summary>The folder the build may read.</summary>
    public string? Context { get; set; }

    /// <summary>The Dockerfile, from that folder.</summary>
    public string? Dockerfile { get; set; }

    /// <summary>Arguments of the build.</summary>
    public Dictionary<string, string> Args { get; set; } = [];

    /// <summary>The stage that is built.</summary>
    public string? Target { get; set; }

    /// <summary>Images whose layers may be taken.</summary>
    public List<string> CacheFrom { get; set; } = [];

    /// <summary>Labels of the image.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    internal YamlMap ToYaml() => new()
    {
        { "context", Context },
        { "dockerfile", Dockerfile },
        { "args", Args },
        { "target", Target },
        { "cache_from", CacheFrom },
        { "labels", Labels },
    };
}
