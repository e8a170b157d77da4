using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ComposeNodes;

/// <summary>A file that services get, in a Compose file.</summary>
public sealed class Config : NamedComposeMember
{
    /// <summary>The file on the machine.</summary>
    public string? File { get; set; }

    /// <summary>The text of the file, instead.</summary>
    public string? Content { get; set; }

    /// <summary>Whether it exists already.</summary>
    public bool? External { get; set; }

    /// <summary>Labels.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    internal YamlMap ToYaml() => new()
    {
        { "file", File },
        { "external", External },
        { "content", Content },
        { "labels", Labels },
    };
}
