using EndToEnd.Tests.Deployment;
using Shared;
using Shared.Docker;

namespace EndToEnd.Tests;

/// <summary>Podman with images, containers, volumes and networks of its own, in a temporary directory.</summary>
internal sealed class Podman : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("podman-").FullName;

    private Podman()
    {
        File.WriteAllText(Path.Combine(_directory, "storage.conf"), $"""
            [storage]
            driver = "vfs"
            graphroot = "{_directory}/graph"
            runroot = "{_directory}/run"
            """);

        // More of either is not everybody's to give.
        File.WriteAllText(Path.Combine(_directory, "containers.conf"), $"""
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
            [network]
            network_config_dir = "{_directory}/networks"
            """);
    }

    /// <summary>The environment of a process that is to use it, and no other runtime.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["ASPIRE_CONTAINER_RUNTIME"] = "podman",
        ["CONTAINERS_STORAGE_CONF"] = Path.Combine(_directory, "storage.conf"),
        ["CONTAINERS_CONF"] = Path.Combine(_directory, "containers.conf"),
    };

    /// <summary>With the Docker engine's image of Redis in it.</summary>
    public static async Task<Podman> StartAsync(DockerEngine engine)
    {
        Tools.Require("podman");
        await engine.StartAsync();
        var podman = new Podman();
        var archive = Path.Combine(podman._directory, "image.tar");
        await engine.RunAsync("save", "--output", archive, DockerEngine.RedisImage);
        await podman.RunAsync("load", "--input", archive);
        await podman.RunAsync("tag", $"localhost/{Path.GetFileName(DockerEngine.RedisImage)}", DockerEngine.RedisImage);
        return podman;
    }

    /// <summary>Runs <c>podman</c> with these arguments and returns what it prints. Fails when its exit code is not zero.</summary>
    public Task<string> RunAsync(params string[] arguments) => Command.RunAsync(_directory, Environment, "podman", arguments);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("rm", "--all", "--force", "--time", "0");
        Directory.Delete(_directory, recursive: true);
    }
}
