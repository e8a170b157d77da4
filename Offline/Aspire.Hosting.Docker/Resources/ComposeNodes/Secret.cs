using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ComposeNodes;

/// <summary>A secret that services get as a file, in a Compose file.</summary>
public sealed class Secret
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The file on the machine.</summary>
    public string? File { get; set; }

    /// <summary>Whether it exists already.</summary>
    public bool? External { get; set; }

    /// <summary>Labels.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    internal YamlMap ToYaml() => new()
    {
        { "file", File },
        { "external", External },
        { "name", Name },
        { "labels", Labels },
    };
}
