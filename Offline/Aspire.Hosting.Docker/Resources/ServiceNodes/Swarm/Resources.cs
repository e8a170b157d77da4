using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

/// <summary>What the containers of a service may use.</summary>
public sealed class Resources
{
    /// <summary>No more than this.</summary>
    public ResourceSpec? Limits { get; set; }

    /// <summary>This much for certain.</summary>
    public ResourceSpec? Reservations { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "limits", Limits?.ToYaml() },
        { "reservations", Reservations?.ToYaml() },
    };
}
