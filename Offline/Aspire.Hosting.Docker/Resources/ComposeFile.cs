using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources;

/// <summary>A Compose file.</summary>
public sealed class ComposeFile
{
    /// <summary>The name of the project; that of the directory when null.</summary>
    public string? Name { get; set; }

    /// <summary>The version of the format, which today's Compose does not need.</summary>
    public string? Version { get; set; }

    /// <summary>The services by name.</summary>
    public Dictionary<string, Service> Services { get; set; } = [];

    /// <summary>The networks by name.</summary>
    public Dictionary<string, Network> Networks { get; set; } = [];

    /// <summary>The volumes by name.</summary>
    public Dictionary<string, Volume> Volumes { get; set; } = [];

    /// <summary>The files that services get, by name.</summary>
    public Dictionary<string, Config> Configs { get; set; } = [];

    /// <summary>The secrets that services get, by name.</summary>
    public Dictionary<string, Secret> Secrets { get; set; } = [];

    /// <summary>What else the file holds, under <c>extensions</c>.</summary>
    public Dictionary<string, object> Extensions { get; set; } = [];

    /// <summary>Adds a service, or replaces that of its name.</summary>
    public ComposeFile AddService(Service service)
    {
        ArgumentNullException.ThrowIfNull(service);
        Services[service.Name] = service;
        return this;
    }

    /// <summary>Adds a network, or replaces that of its name.</summary>
    public ComposeFile AddNetwork(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Networks[network.Name] = network;
        return this;
    }

    /// <summary>Adds a volume, or replaces that of its name.</summary>
    public ComposeFile AddVolume(Volume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        Volumes[volume.Name] = volume;
        return this;
    }

    /// <summary>Adds a file that services get, or replaces that of its name.</summary>
    public ComposeFile AddConfig(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        Configs[config.Name] = config;
        return this;
    }

    /// <summary>The text of the file.</summary>
    public string ToYaml(string lineEndings = "\n")
    {
        ArgumentNullException.ThrowIfNull(lineEndings);
        var text = YamlText.Write(new YamlMap
        {
            { "name", Name },
            { "version", Version },
            { "services", Nodes(Services, service => service.ToYaml()) },
            { "networks", Nodes(Networks, network => network.ToYaml()) },
            { "volumes", Nodes(Volumes, volume => volume.ToYaml()) },
            { "secrets", Nodes(Secrets, secret => secret.ToYaml()) },
            { "configs", Nodes(Configs, config => config.ToYaml()) },
            { "extensions", Extensions },
        });
        return lineEndings == "\n" ? text : text.Replace("\n", lineEndings, StringComparison.Ordinal);
    }

    private static YamlMap Nodes<T>(Dictionary<string, T> nodes, Func<T, YamlMap> write)
    {
        var map = new YamlMap();
        foreach (var (name, node) in nodes)
        {
            var written = write(node);
            map.Add(name, written.Count == 0 ? YamlRaw.EmptyMap : written);
        }

        return map;
    }
}
