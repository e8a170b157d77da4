using System.Reflection;
using System.Text.Json;
using Shared;
using StackExchange.Redis;

namespace CounterService.Tests.Running;

/// <summary>A real store, which can be killed and started again on its data.</summary>
internal abstract class Store : IAsyncDisposable
{
    private ChildProcess? _process;

    public int Port { get; } = FreePort.Next();

    public string ConnectionString => $"127.0.0.1:{Port}";

    public ChildProcess Process => _process ?? throw new InvalidOperationException("The store is not running.");

    protected string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("counter-store-").FullName;

    public static Store Of(string kind) => kind == "garnet" ? new GarnetStore() : new RedisStore();

    public async Task<Store> StartAsync()
    {
        _process = Launch();
        await Poll.UntilAsync(
            async () =>
            {
                using var connection = await ConnectAsync();
                return await connection.GetDatabase().PingAsync() >= TimeSpan.Zero;
            },
            () => $"The store does not answer: {_process.Output}");
        return this;
    }

    public void Kill()
    {
        Process.Kill();
        _process!.Dispose();
        _process = null;
    }

    public async Task<ConnectionMultiplexer> ConnectAsync() =>
        await ConnectionMultiplexer.ConnectAsync($"{ConnectionString},allowAdmin=true,connectTimeout=10000,connectRetry=1,asyncTimeout=60000");

    public virtual ValueTask DisposeAsync()
    {
        _process?.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    protected abstract ChildProcess Launch();

    private sealed class RedisStore : Store
    {
        protected override ChildProcess Launch() => new(
            Tools.Require("redis-server"),
            ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", Directory, "--save", "", "--appendonly", "yes", "--appendfsync", "everysec"]);
    }

    private sealed class GarnetStore : Store
    {
        protected override ChildProcess Launch()
        {
            var server = typeof(GarnetStore).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "GarnetServer").Value!;
            var configuration = Path.Combine(Directory, "garnet.json");
            File.WriteAllText(configuration, JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["Address"] = "127.0.0.1",
                ["Port"] = Port,
                ["EnableLua"] = true,
                ["LuaTransactionMode"] = true,
                ["QuietMode"] = true,
                ["LogMemorySize"] = "64m",
                ["PageSize"] = "4m",
                ["IndexMemorySize"] = "4m",
                ["IndexMaxMemorySize"] = "64m",
                ["EnableStorageTier"] = true,
                ["LogDir"] = Path.Combine(Directory, "log"),
                ["CheckpointDir"] = Path.Combine(Directory, "checkpoints"),
                ["DeviceType"] = "RandomAccess",
                ["Recover"] = true,
                ["EnableAOF"] = true,
                ["WaitForCommit"] = true,
                ["CommitFrequencyMs"] = 0,
                ["AofMemorySize"] = "32m",
                ["AofPageSize"] = "8m",
                ["ThreadPoolMinThreads"] = 32,
            }));
            return new ChildProcess("dotnet", [server, "--config-import-path", configuration], new Dictionary<string, string> { ["DOTNET_gcServer"] = "0" });
        }
    }
}
