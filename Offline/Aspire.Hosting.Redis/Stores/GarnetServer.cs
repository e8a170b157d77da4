using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aspire.Hosting.Execution;

namespace Aspire.Hosting.Redis.Stores;

/// <summary>
/// Garnet, Microsoft's server for the protocol of Redis. It is a .NET program and comes as a package with the restore of the AppHost,
/// so that there is always a store. It reads its configuration from a file that only the user can read.
/// </summary>
internal static class GarnetServer
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>Settings of Redis that mean nothing to Garnet, and whose absence changes nothing.</summary>
    private static readonly HashSet<string> s_needless = ["requirepass", "save", "appendonly", "appendfsync", "bind", "port", "dir", "loadmodule"];

    /// <summary>Where the build of the AppHost has found it, or null.</summary>
    public static string? Find(Assembly? appHost)
    {
        var path = appHost?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(item => string.Equals(item.Key, "garnetserverpath", StringComparison.OrdinalIgnoreCase))?.Value;
        return File.Exists(path) ? path : null;
    }

    public static string Version(string path) => FileVersionInfo.GetVersionInfo(path).ProductVersion?.Split('+')[0] ?? "";

    /// <summary>The names of the settings that Garnet does not have.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<RedisDirective> directives) =>
        directives.Select(directive => directive.Name).Where(name => !s_needless.Contains(name)).Distinct();

    public static ProcessStandIn StandIn(string path, int port, IEnumerable<RedisDirective> directives, StoreData data)
    {
        var password = directives.LastOrDefault(directive => directive.Name == "requirepass") is { Values: [var value, ..] } ? value : null;
        var configuration = Path.Combine(data.Directory, "garnet.json");
        WritePrivate(configuration, JsonSerializer.Serialize(Configuration(port, password, data), s_json));
        return new ProcessStandIn
        {
            FileName = DotNetHost(),
            Arguments = [path, "--config-import-path", configuration],
            Environment = new Dictionary<string, string>
            {
                // It serves one developer: a small heap and a quick start count, throughput on many cores does not.
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_TieredPGO"] = "0",
                ["DOTNET_EnableDiagnostics"] = "0",
                ["DOTNET_STARTUP_HOOKS"] = "",
            },
            WorkingDirectory = data.Directory,
            Source = $"Garnet {Version(path)}",
            CleanUp = async () =>
            {
                File.Delete(configuration);
                await data.CleanUpAsync().ConfigureAwait(false);
            },
        };
    }

    internal static Dictionary<string, object> Configuration(int port, string? password, StoreData data)
    {
        var configuration = new Dictionary<string, object>
        {
            ["Address"] = "127.0.0.1",
            ["Port"] = port,
            ["EnableLua"] = true,
            // A script is atomic, as it is in Redis.
            ["LuaTransactionMode"] = true,
            ["QuietMode"] = true,

            // Bounded memory, and what does not fit is on disk: without the tier Garnet, being a cache, drops it.
            ["LogMemorySize"] = "256m",
            ["PageSize"] = "4m",
            ["IndexMemorySize"] = "4m",
            ["IndexMaxMemorySize"] = "64m",
            ["BufferPoolMemoryBudget"] = "64m",
            ["NetworkBufferMemoryBudget"] = "64m",
            ["EnableStorageTier"] = true,
            ["LogDir"] = Path.Combine(data.Directory, "log"),
            ["CheckpointDir"] = Path.Combine(data.Directory, "checkpoints"),

            // The default device needs libaio, which is not on every machine.
            ["DeviceType"] = "RandomAccess",

            // A connection that waits for its commit holds a thread of the pool, which by default grows by one or two a second.
            ["ThreadPoolMinThreads"] = 128,
        };
        if (!string.IsNullOrEmpty(password))
        {
            configuration["AuthenticationMode"] = "Password";
            configuration["Password"] = password;
        }

        if (data.IsLogged)
        {
            // Answered only when it is in the file: without the wait, kill -9 loses what was answered in the last second.
            configuration["Recover"] = true;
            configuration["EnableAOF"] = true;
            configuration["WaitForCommit"] = true;
            configuration["CommitFrequencyMs"] = 0;
            configuration["AofMemorySize"] = "32m";
            configuration["AofPageSize"] = "8m";
            configuration["AofSegmentSize"] = "64m";

            // Bounds the file, and the time it takes to read it again.
            configuration["CheckpointFrequencySecs"] = 60;
        }

        return configuration;
    }

    private static void WritePrivate(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    /// <summary>The program that runs .NET programs: the one that runs this.</summary>
    private static string DotNetHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name),
        ];
        return candidates.FirstOrDefault(File.Exists) is { } path ? Path.GetFullPath(path) : name;
    }
}
