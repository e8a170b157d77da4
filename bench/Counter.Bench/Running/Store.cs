using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Shared;
using StackExchange.Redis;

namespace Counter.Bench.Running;

/// <summary>A store of its own for whoever is measured.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("counter-bench-").FullName;
    private ConnectionMultiplexer _connection = null!;

    private Store()
    {
    }

    public int Port { get; } = FreePort.Next();

    public Child Process { get; private set; } = null!;

    public IDatabase Database => _connection.GetDatabase();

    public static async Task<Store> StartAsync(bool garnet = false)
    {
        var store = new Store();
        store.Process = garnet ? store.Garnet() : store.Redis();
        store._connection = await store.Process.FirstAnswerAsync(() => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{store.Port},allowAdmin=true"));
        return store;
    }

    public async Task<long> TotalAsync() => (long)await Database.StringGetAsync("requests");

    /// <summary>How many commands it was sent, and how many it executed, those of scripts among them.</summary>
    public async Task<(long Sent, long Executed)> CommandsAsync()
    {
        var calls = (await _connection.GetServers()[0].InfoAsync("commandstats")).SelectMany(section => section)
            .ToDictionary(entry => entry.Key, entry => long.Parse(entry.Value.Split('=', ',')[1], CultureInfo.InvariantCulture));
        var scripts = calls.Where(entry => entry.Key.StartsWith("cmdstat_eval", StringComparison.Ordinal)).Sum(entry => entry.Value);
        return (scripts, calls.Where(entry => !entry.Key.Contains("info", StringComparison.Ordinal)).Sum(entry => entry.Value));
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        Process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private Child Redis() => new("redis-server", ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _directory, "--save", "", "--appendonly", "yes"]);

    private Child Garnet()
    {
        var server = typeof(Store).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "GarnetServer").Value!;
        var configuration = Path.Combine(_directory, "garnet.json");
        File.WriteAllText(configuration, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Address"] = "127.0.0.1",
            ["Port"] = Port,
            ["EnableLua"] = true,
            ["LuaTransactionMode"] = true,
            ["QuietMode"] = true,
            ["EnableStorageTier"] = true,
            ["LogDir"] = Path.Combine(_directory, "log"),
            ["CheckpointDir"] = Path.Combine(_directory, "checkpoints"),
            ["DeviceType"] = "RandomAccess",
            ["EnableAOF"] = true,
            ["WaitForCommit"] = true,
            ["CommitFrequencyMs"] = 0,
        }));
        return new Child("dotnet", [server, "--config-import-path", configuration], new Dictionary<string, string> { ["DOTNET_gcServer"] = "0" });
    }
}
