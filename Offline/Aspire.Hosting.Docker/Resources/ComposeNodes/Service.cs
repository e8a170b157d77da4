using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Docker.Resources.ComposeNodes;

/// <summary>A service in a Compose file.</summary>
public sealed class Service : NamedComposeMember
{
    /// <summary>The image.</summary>
    public string? Image { get; set; }

    /// <summary>How the image is built.</summary>
    public Build? Build { get; set; }

    /// <summary>When the image is pulled.</summary>
    public string? PullPolicy { get; set; }

    /// <summary>The name of the container.</summary>
    public string? ContainerName { get; set; }

    /// <summary>The arguments.</summary>
    public List<string> Command { get; set; } = [];

    /// <summary>What the container runs.</summary>
    public List<string> Entrypoint { get; set; } = [];

    /// <summary>The environment.</summary>
    public Dictionary<string, string> Environment { get; set; } = [];

    /// <summary>Files with more of the environment.</summary>
    public List<string> EnvFile { get; set; } = [];

    /// <summary>The directory it starts in.</summary>
    public string? WorkingDir { get; set; }

    /// <summary>The user it runs as.</summary>
    public string? User { get; set; }

    /// <summary>Ports at the machine, as <c>host:container</c>.</summary>
    public List<string> Ports { get; set; } = [];

    /// <summary>Ports for the other services.</summary>
    public List<string> Expose { get; set; } = [];

    /// <summary>Volumes.</summary>
    public List<Volume> Volumes { get; set; } = [];

    /// <summary>What it waits for, by the name of the service.</summary>
    public Dictionary<string, ServiceDependency> DependsOn { get; set; } = [];

    /// <summary>The networks it is in.</summary>
    public List<string> Networks { get; set; } = [];

    /// <summary>When it is started again.</summary>
    public string? Restart { get; set; }

    /// <summary>Labels.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>The host name inside.</summary>
    public string? Hostname { get; set; }

    /// <summary>The domain of the host name.</summary>
    public string? DomainName { get; set; }

    /// <summary>More host names and their addresses.</summary>
    public Dictionary<string, string> ExtraHosts { get; set; } = [];

    /// <summary>Whether its root file system can't be written to.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>Whether it has all rights of the machine.</summary>
    public bool? Privileged { get; set; }

    /// <summary>Whether an init process runs in it.</summary>
    public bool? Init { get; set; }

    /// <summary>Directories in memory.</summary>
    public List<string> Tmpfs { get; set; } = [];

    /// <summary>Capabilities it gets.</summary>
    public List<string> CapAdd { get; set; } = [];

    /// <summary>Capabilities it loses.</summary>
    public List<string> CapDrop { get; set; } = [];

    /// <summary>Security options.</summary>
    public List<string> SecurityOpt { get; set; } = [];

    /// <summary>The signal that stops it.</summary>
    public string? StopSignal { get; set; }

    /// <summary>How long it has to stop.</summary>
    public string? StopGracePeriod { get; set; }

    /// <summary>The profiles it belongs to.</summary>
    public List<string> Profiles { get; set; } = [];

    /// <summary>How it is found out whether it is healthy.</summary>
    public Healthcheck? Healthcheck { get; set; }

    /// <summary>How it is deployed.</summary>
    public Deploy? Deploy { get; set; }

    /// <summary>Where its output goes.</summary>
    public Logging? Logging { get; set; }

    /// <summary>Files it gets.</summary>
    public List<ConfigReference> Configs { get; set; } = [];

    /// <summary>Secrets it gets.</summary>
    public List<SecretReference> Secrets { get; set; } = [];

    /// <summary>Its limits.</summary>
    public Dictionary<string, Ulimit> Ulimits { get; set; } = [];

    /// <summary>Settings of the kernel.</summary>
    public Dictionary<string, string> Sysctls { get; set; } = [];

    /// <summary>Devices of the machine.</summary>
    public List<string> Devices { get; set; } = [];

    /// <summary>Name servers.</summary>
    public List<string> Dns { get; set; } = [];

    /// <summary>Domains in which names are looked up.</summary>
    public List<string> DnsSearch { get; set; } = [];

    /// <summary>More groups of its user.</summary>
    public List<string> GroupAdd { get; set; } = [];

    /// <summary><c>host</c>, for example, instead of networks.</summary>
    public string? NetworkMode { get; set; }

    /// <summary>Services it reaches by other names.</summary>
    public List<string> Links { get; set; } = [];

    /// <summary>Containers outside the file that it reaches by other names.</summary>
    public List<string> ExternalLinks { get; set; } = [];

    /// <summary>The hardware address of its network interface.</summary>
    public string? MacAddress { get; set; }

    /// <summary>Whose processes it sees: <c>host</c>, for example.</summary>
    public string? Pid { get; set; }

    /// <summary>With whom it shares memory.</summary>
    public string? Ipc { get; set; }

    /// <summary>How it is isolated, where the engine has a choice.</summary>
    public string? Isolation { get; set; }

    /// <summary>The control group it is in.</summary>
    public string? CgroupParent { get; set; }

    /// <summary>The size of <c>/dev/shm</c>.</summary>
    public string? ShmSize { get; set; }

    /// <summary>Whether it has a terminal.</summary>
    public bool? Tty { get; set; }

    /// <summary>Whether its input stays open.</summary>
    public bool? StdinOpen { get; set; }

    /// <summary>Adds a volume.</summary>
    public Service AddVolume(Volume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        Volumes.Add(volume);
        return this;
    }

    /// <summary>Adds volumes.</summary>
    public Service AddVolumes(IEnumerable<Volume> volumes)
    {
        ArgumentNullException.ThrowIfNull(volumes);
        Volumes.AddRange(volumes);
        return this;
    }

    /// <summary>Adds a file of the Compose file.</summary>
    public Service AddConfig(ConfigReference config)
    {
        ArgumentNullException.ThrowIfNull(config);
        Configs.Add(config);
        return this;
    }

    /// <summary>Sets a variable of the environment.</summary>
    public Service AddEnvironmentalVariable(string key, string? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        Environment[key] = value ?? "";
        return this;
    }

    internal YamlMap ToYaml() => new()
    {
        { "image", Image },
        { "pull_policy", PullPolicy },
        { "container_name", ContainerName },
        { "build", Build?.ToYaml() },
        { "command", Command },
        { "entrypoint", Entrypoint },
        { "environment", Environment },
        { "env_file", EnvFile },
        { "working_dir", WorkingDir },
        { "ports", Ports },
        { "expose", Expose },
        { "volumes", Volumes.ConvertAll(volume => volume.ToYaml()) },
        { "depends_on", Dependencies() },
        { "user", User },
        { "networks", Networks },
        { "restart", Restart },
        { "deploy", Deploy?.ToYaml() },
        { "healthcheck", Healthcheck?.ToYaml() },
        { "logging", Logging?.ToYaml() },
        { "labels", Labels },
        { "domainname", DomainName },
        { "hostname", Hostname },
        { "isolation", Isolation },
        { "ipc", Ipc },
        { "shm_size", ShmSize },
        { "mac_address", MacAddress },
        { "pid", Pid },
        { "privileged", Privileged },
        { "cap_add", CapAdd },
        { "cap_drop", CapDrop },
        { "cgroup_parent", CgroupParent },
        { "devices", Devices },
        { "dns", Dns },
        { "dns_search", DnsSearch },
        { "extra_hosts", ExtraHosts },
        { "group_add", GroupAdd },
        { "init", Init },
        { "links", Links },
        { "external_links", ExternalLinks },
        { "network_mode", NetworkMode },
        { "profiles", Profiles },
        { "read_only", ReadOnly },
        { "security_opt", SecurityOpt },
        { "secrets", Secrets.ConvertAll(secret => secret.ToYaml()) },
        { "configs", Configs.ConvertAll(config => config.ToYaml()) },
        { "stop_grace_period", StopGracePeriod },
        { "stop_signal", StopSignal },
        { "sysctls", Sysctls },
        { "tmpfs", Tmpfs },
        { "stdin_open", StdinOpen },
        { "tty", Tty },
        { "ulimits", Ulimits.ToDictionary(ulimit => ulimit.Key, ulimit => ulimit.Value.ToYaml()) },
    };

    private YamlMap Dependencies()
    {
        var map = new YamlMap();
        foreach (var (service, dependency) in DependsOn)
        {
            map.Add(service, new YamlMap { { "condition", dependency.Condition } });
        }

        return map;
    }
}
