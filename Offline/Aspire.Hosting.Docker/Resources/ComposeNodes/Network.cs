using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ComposeNodes;

/// <summary>A network in a Compose file.</summary>
public sealed class Network : NamedComposeMember
{
    /// <summary>The driver.</summary>
    public string? Driver { get; set; }

    /// <summary>Options of the driver.</summary>
    public Dictionary<string, string> DriverOpts { get; set; } = [];

    /// <summary>Whether it exists already, and is not made and not removed.</summary>
    public bool? External { get; set; }

    /// <summary>Whether nothing outside can be reached from it.</summary>
    public bool? Internal { get; set; }

    /// <summary>Whether containers of others may join it.</summary>
    public bool? Attachable { get; set; }

    /// <summary>Whether it leads requests from outside to the services of a swarm.</summary>
    public bool? Ingress { get; set; }

    /// <summary>Labels.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>The addresses in it.</summary>
    public Ipam? Ipam { get; set; }

    internal YamlMap ToYaml() => new()
    {
        { "driver", Driver },
        { "driver_opts", DriverOpts },
        { "external", External },
        { "labels", Labels },
        { "ipam", Ipam?.ToYaml() },
        { "attachable", Attachable },
        { "ingress", Ingress },
        { "internal", Internal },
    };
}
