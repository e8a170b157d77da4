using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes;

/// <summary>A limit of a service.</summary>
public sealed class Ulimit
{
    /// <summary>The limit, which the service may raise.</summary>
    public int? Soft { get; set; }

    /// <summary>The limit up to which it may.</summary>
    public int? Hard { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "soft", Soft },
        { "hard", Hard },
    };
}
