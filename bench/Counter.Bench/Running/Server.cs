using System.Globalization;
using Shared;

namespace Counter.Bench.Running;

/// <summary>A web server that is measured.</summary>
internal sealed class Server : IDisposable
{
    private readonly HttpClient _client = new();

    private Server(Child process, int port, bool isCounter)
    {
        Process = process;
        Url = $"http://127.0.0.1:{port}";
        IsCounter = isCounter;
    }

    public Child Process { get; }

    /// <summary>Whether it is the service and not a peer.</summary>
    public bool IsCounter { get; }

    public string Url { get; }

    /// <summary>The service in its Release build, with <see cref="InCounter.BenchStartup"/> in the same process.</summary>
    public static Task<Server> StartCounterAsync(Store store, Dashboard? dashboard = null, params (string Name, string Value)[] settings)
    {
        var port = FreePort.Next();
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = "Counter.Bench",
            ["ConnectionStrings__redis"] = $"127.0.0.1:{store.Port}",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = dashboard?.OtlpUrl ?? "",
            // As the AppHost sets them.
            ["OTEL_SERVICE_NAME"] = "counter",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        // The dependencies are the benchmark's, which holds the service's; the runtime's settings and the configuration are the service's own.
        string InBase(string file) => Path.Combine(AppContext.BaseDirectory, file);
        return StartAsync(
            new Child("dotnet", ["exec", "--depsfile", InBase("Counter.Bench.deps.json"), "--runtimeconfig", InBase("CounterService.runtimeconfig.json"), InBase("CounterService.dll")], environment, AppContext.BaseDirectory),
            port,
            isCounter: true);
    }

    /// <summary>A peer in <c>peers/</c>, whose packages npm brings the first time.</summary>
    public static async Task<Server> StartNodeAsync(string peer, Store store)
    {
        var directory = Path.Combine(AppContext.BaseDirectory, "peers", peer);
        if (!Directory.Exists(Path.Combine(directory, "node_modules")))
        {
            await Child.RunAsync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], directory);
        }

        var port = FreePort.Next();
        var environment = new Dictionary<string, string> { ["PORT"] = $"{port}", ["REDIS_PORT"] = $"{store.Port}", ["NODE_ENV"] = "production" };
        return await StartAsync(new Child("node", ["server.js"], environment, directory), port, isCounter: false);
    }

    /// <summary>Bytes that a counter has allocated so far, and its requests that were not to be counted, this one among them. Nothing of a peer.</summary>
    public async Task<(long Allocated, long Uncounted)> CostAsync()
    {
        if (!IsCounter)
        {
            return default;
        }

        var cost = (await _client.GetStringAsync($"{Url}/cost")).Split(' ');
        return (long.Parse(cost[0], CultureInfo.InvariantCulture), long.Parse(cost[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _client.Dispose();
        Process.Dispose();
    }

    private static async Task<Server> StartAsync(Child process, int port, bool isCounter)
    {
        var server = new Server(process, port, isCounter);
        await process.FirstAnswerAsync(() => server._client.GetStringAsync(server.Url + (isCounter ? "/hello" : "/")));
        return server;
    }
}
