using System.Diagnostics;
using System.Formats.Tar;

namespace Shared.Docker;

/// <summary>
/// A real Docker engine of the tests' own: on a socket, with images, volumes and networks, in a temporary directory.
/// No registry is reachable, so its images are made from the programs of this machine.
/// Use it as an assembly or class fixture and call <see cref="StartAsync"/> first in each test: it skips (fails in CI) where no engine can be had.
/// </summary>
public sealed class DockerEngine : IAsyncDisposable
{
    /// <summary>The image of <c>AddRedis</c>, here with Debian's redis-server in it.</summary>
    public const string RedisImage = "docker.io/library/redis:8.6";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    // The engine ends with the tests, also when they are killed: the shell notices that its standard input is closed.
    private const string Supervisor = """
        "$@" >"$ENGINE/log" 2>&1 </dev/null &
        engine=$!
        read -r line
        docker -H "unix://$ENGINE/docker.sock" ps -aq 2>/dev/null | xargs -r docker -H "unix://$ENGINE/docker.sock" rm -f >/dev/null 2>&1
        docker -H "unix://$ENGINE/docker.sock" network prune -f >/dev/null 2>&1
        kill -TERM $engine
        wait $engine
        ip link delete "$BRIDGE" >/dev/null 2>&1
        rm -rf "$ENGINE"
        """;

    private readonly Lock _lock = new();
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"engine-{Guid.NewGuid():N}"[..15]);
    private Task? _started;
    private Process? _supervisor;

    /// <summary>What <c>DOCKER_HOST</c> must be to reach this engine.</summary>
    public string Host => $"unix://{_directory}/docker.sock";

    /// <summary>To be added to the environment of a process that is to use this engine, and no other runtime.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["DOCKER_HOST"] = Host,
        ["DOCKER_CONFIG"] = Path.Combine(_directory, "config"),
        ["ASPIRE_CONTAINER_RUNTIME"] = "docker",
    };

    /// <summary>Starts the engine with <see cref="RedisImage"/> in it, once.</summary>
    public Task StartAsync()
    {
        Tools.Require(OperatingSystem.IsLinux() && System.Environment.IsPrivilegedProcess, "A Docker engine of its own needs Linux and root.");
        foreach (var program in (string[])["dockerd", "docker", "ip", "redis-server", "redis-cli"])
        {
            Tools.Require(program);
        }

        lock (_lock)
        {
            return _started ??= StartCoreAsync();
        }
    }

    /// <summary>Runs <c>docker</c> with these arguments and returns what it prints. Fails when its exit code is not zero.</summary>
    public Task<string> RunAsync(params IEnumerable<string> arguments) => RunProgramAsync("docker", arguments, Environment);

    /// <summary>
    /// Makes an image from programs of this machine and the libraries they need, and from a folder when one is given.
    /// <paramref name="changes"/> are Dockerfile instructions, such as <c>ENTRYPOINT ["app"]</c>.
    /// </summary>
    public async Task ImportAsync(string image, IEnumerable<string> programs, string? folder = null, params IEnumerable<string> changes)
    {
        var root = Path.Combine(_directory, "root-" + Guid.NewGuid().ToString("N"));
        foreach (var directory in (string[])["usr", "tmp", "etc", "data"])
        {
            Directory.CreateDirectory(Path.Combine(root, directory));
        }

        // As on this machine, where /bin/sh may be in /usr/bin.
        foreach (var name in (string[])["bin", "lib", "lib64"])
        {
            if (new DirectoryInfo("/" + name).LinkTarget is not null)
            {
                Directory.CreateDirectory(Path.Combine(root, "usr", name));
                File.CreateSymbolicLink(Path.Combine(root, name), "usr/" + name);
            }
        }

        await RunProgramAsync("chmod", ["1777", Path.Combine(root, "tmp")]);
        foreach (var program in programs)
        {
            var path = Tools.Require(program);
            var libraries = await RunProgramAsync("ldd", [path]);
            foreach (var file in libraries.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] == '/').Prepend(path))
            {
                Copy(file, root + file);
            }
        }

        if (folder is not null)
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                Copy(file, Path.Combine(root, Path.GetRelativePath(folder, file)));
            }
        }

        var archive = root + ".tar";
        await TarFile.CreateFromDirectoryAsync(root, archive, includeBaseDirectory: false);
        await RunAsync(["import", .. changes.SelectMany(change => (string[])["--change", change]), archive, image]);
        File.Delete(archive);
        Directory.Delete(root, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_supervisor is null)
        {
            return;
        }

        _supervisor.StandardInput.Close();
        using (var patience = new CancellationTokenSource(s_patience))
        {
            await _supervisor.WaitForExitAsync(patience.Token);
        }

        _supervisor.Dispose();
    }

    private async Task StartCoreAsync()
    {
        // Engines that start at the same time take each other's chains of iptables away.
        using var turn = await TakeTurnAsync();
        Directory.CreateDirectory(Path.Combine(_directory, "config"));
        var bridge = "t" + Path.GetFileName(_directory)["engine-".Length..];
        await CreateBridgeAsync(bridge);

        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
        start.Environment["ENGINE"] = _directory;
        start.Environment["BRIDGE"] = bridge;
        foreach (var argument in (string[])[
            "-c", Supervisor, "supervisor", "dockerd", "--host", Host, "--data-root", $"{_directory}/data", "--exec-root", $"{_directory}/exec", "--pidfile", $"{_directory}/pid",
            "--bridge", bridge, "--default-ulimit", "nofile=1024:1024", "--shutdown-timeout", "2"])
        {
            start.ArgumentList.Add(argument);
        }

        _supervisor = Process.Start(start)!;
        for (var deadline = DateTime.UtcNow + s_patience; ; await Task.Delay(50))
        {
            try
            {
                await RunAsync("version", "--format", "{{.Server.Version}}");
                break;
            }
            catch (InvalidOperationException error) when (DateTime.UtcNow > deadline)
            {
                var log = Path.Combine(_directory, "log");
                throw new InvalidOperationException($"dockerd did not start: {(File.Exists(log) ? File.ReadAllText(log) : "no log")}", error);
            }
            catch (InvalidOperationException)
            {
                // Not yet.
            }
        }

        await ImportAsync(
            RedisImage,
            ["sh", "cat", "env", "getent", "sleep", "redis-server", "redis-cli"],
            folder: null,
            "WORKDIR /data", "VOLUME /data", "EXPOSE 6379", "ENV REDIS_VERSION=7.0.15", "CMD [\"redis-server\"]");
    }

    private static async Task<FileStream> TakeTurnAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), "docker-engine-starts.lock");
        for (var deadline = DateTime.UtcNow + s_patience; ; await Task.Delay(50))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                // Another engine starts.
            }
        }
    }

    /// <summary>Its own bridge, with addresses that no other engine or network of this machine has.</summary>
    private static async Task CreateBridgeAsync(string bridge)
    {
        var taken = await RunProgramAsync("ip", ["-brief", "address"]);
        var network = Enumerable.Range(1, 250).Select(number => $"10.253.{number}.").First(prefix => !taken.Contains(prefix, StringComparison.Ordinal));
        await RunProgramAsync("ip", ["link", "add", bridge, "type", "bridge"]);
        await RunProgramAsync("ip", ["address", "add", $"{network}1/24", "dev", bridge]);
        await RunProgramAsync("ip", ["link", "set", bridge, "up"]);
    }

    private static async Task<string> RunProgramAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(s_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)}: exit code {process.ExitCode}: {await error}");
    }

    private static void Copy(string file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target, overwrite: true);
    }
}
