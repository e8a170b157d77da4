using System.Text.RegularExpressions;
using Shared;
using Shared.Docker;

namespace EndToEnd.Tests;

/// <summary>The main job: one command, a counted request, its trace; and what was counted is there after a restart.</summary>
[Collection(nameof(NetworkTurns))]
public partial class MainJobTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    [Fact]
    public async Task With_a_container_engine_the_container_counts_and_goes_on_after_a_restart()
    {
        await engine.StartAsync();

        await CountsAndGoesOn(AppHostProcess.NewHome(), Stores.Container(engine.Environment), "docker.io/library/redis:8.6");
    }

    [Fact]
    public async Task With_Podman_too()
    {
        await using var podman = await Podman.StartAsync(engine);

        await CountsAndGoesOn(AppHostProcess.NewHome(), Stores.Container(podman.Environment), "docker.io/library/redis:8.6");
        await KilledLeavesNothing(Stores.Container(podman.Environment), podman.RunAsync, s_killRounds);
    }

    [Fact]
    public async Task With_nothing_but_the_sdk_Garnet_counts_and_goes_on_after_a_restart()
    {
        var home = AppHostProcess.NewHome();
        await CountsAndGoesOn(home, Stores.Garnet(home), "Garnet");
    }

    [Fact]
    public async Task With_redis_server_on_PATH_it_counts_and_goes_on_after_a_restart()
    {
        await CountsAndGoesOn(AppHostProcess.NewHome(), Stores.RedisServer(), "redis-server 7");
    }

    [Fact]
    public async Task Over_https_the_dashboard_gets_the_trace_although_its_certificate_was_made_for_this_run()
    {
        var home = AppHostProcess.NewHome();
        var environment = Stores.RedisServer();
        environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = null;
        environment["ASPNETCORE_URLS"] = $"https://localhost:{FreePort.Next()};http://localhost:{FreePort.Next()}";
        environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"https://localhost:{FreePort.Next()}";
        await using (var host = AppHostProcess.Start(home, environment))
        {
            var dashboard = await host.LoginAsync();
            Assert.Equal("https", dashboard.Scheme);
            await host.FirstAnswerAsync(await host.CounterAsync(dashboard));

            await host.UntilAsync("the dashboard shows a trace", async () =>
                (await host.Http.GetStringAsync(new Uri(dashboard, "/traces"))).Contains("/traces/detail/", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_counter_gets_the_environment_of_published_Aspire_name_by_name()
    {
        var home = AppHostProcess.NewHome();
        await using var host = AppHostProcess.Start(home, Stores.RedisServer());
        var counter = await host.CounterAsync(await host.LoginAsync());
        await host.FirstAnswerAsync(counter);

        var environment = CounterEnvironment(home);
        var ours = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToHashSet();
        var names = environment.Keys.Where(name => !ours.Contains(name) || s_published.Contains(name) || name.StartsWith("REDIS_", StringComparison.Ordinal));
        // Where .NET is: `dotnet run` says it to what it starts as DOTNET_ROOT_X64. The AppHost's own settings are inherited, as are the variables this test gave it; Docker's link variables and the address of the dashboard are this application's additions.
        var added = names.Except(s_inherited).Where(name => !DockerLinkVariable().IsMatch(name)).Order(StringComparer.Ordinal);

        Assert.Equal(s_published.Order(StringComparer.Ordinal), added);
        Assert.Equal("counter", environment["OTEL_SERVICE_NAME"]);
        Assert.Equal("grpc", environment["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Matches("^service\\.instance\\.id=[a-z]{8}$", environment["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Matches("^x-otlp-api-key=[0-9a-f]{32}$", environment["OTEL_EXPORTER_OTLP_HEADERS"]);
        Assert.Equal("localhost", environment["REDIS_HOST"]);
        Assert.Equal($"localhost:{environment["REDIS_PORT"]},password={environment["REDIS_PASSWORD"]}", environment["ConnectionStrings__redis"]);
        Assert.Equal($"redis://:{environment["REDIS_PASSWORD"]}@localhost:{environment["REDIS_PORT"]}", environment["REDIS_URI"]);
    }

    [Fact]
    public async Task A_killed_AppHost_leaves_no_process_and_no_port_behind()
    {
        var moments = new Random(20261126);
        for (var round = 0; round < s_killRounds; round++)
        {
            var home = AppHostProcess.NewHome();
            await using var host = AppHostProcess.Start(home, round % 2 == 0 ? Stores.Garnet(home) : Stores.RedisServer());
            await Task.Delay(moments.Next(200, 6_000));
            var ports = AppHostProcess.PortsOf(HomeProcesses.Of(home));

            host.Kill();

            await AssertNothingIsLeftAsync(home, ports);
        }
    }

    [Fact]
    public async Task A_killed_AppHost_leaves_no_container_and_no_network_behind()
    {
        await engine.StartAsync();

        await KilledLeavesNothing(Stores.Container(engine.Environment), engine.RunAsync, s_killRounds);
    }

    private static readonly int s_killRounds = int.Parse(Environment.GetEnvironmentVariable("KILL_ROUNDS") ?? "3", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // One serves all of the machine's containers. Whoever's container comes first starts it, and it ends with the last.
    private const string PodmansNameServer = "aardvark-dns";

    private static readonly string[] s_published =
    [
        "ASPNETCORE_ENVIRONMENT", "ASPNETCORE_URLS", "ConnectionStrings__redis", "DOTNET_LAUNCH_PROFILE",
        "DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "LOGGING__CONSOLE__FORMATTERNAME",
        "OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY",
        "OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION",
        "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL",
        "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "OTEL_METRICS_EXEMPLAR_FILTER", "OTEL_METRIC_EXPORT_INTERVAL",
        "OTEL_RESOURCE_ATTRIBUTES", "OTEL_SERVICE_NAME", "OTEL_TRACES_SAMPLER",
        "REDIS_HOST", "REDIS_PASSWORD", "REDIS_PORT", "REDIS_URI",
    ];

    private static readonly string[] s_inherited =
        ["DASHBOARD_URL", "DOTNET_ROOT", "ASPIRE_ALLOW_UNSECURED_TRANSPORT", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "DcpPublisher__RandomizePorts", "XDG_RUNTIME_DIR", "CONTAINER_HOST", "DOCKER_HOST", "ASPIRE_CONTAINER_RUNTIME"];

    private static async Task CountsAndGoesOn(string home, Dictionary<string, string?> environment, string source)
    {
        IReadOnlyDictionary<string, int> ports;
        await using (var host = AppHostProcess.Start(home, environment))
        {
            var dashboard = await host.LoginAsync();
            var counter = await host.CounterAsync(dashboard);

            Assert.Equal("1", TotalOf(await host.FirstAnswerAsync(counter)));
            Assert.Equal("2", TotalOf(await host.Http.GetStringAsync(counter)));
            Assert.Equal("3", TotalOf(await host.Http.GetStringAsync(counter)));
            Assert.Contains(source, await host.Http.GetStringAsync(dashboard), StringComparison.Ordinal);
            ports = AppHostProcess.PortsOf(HomeProcesses.Of(home));
            Assert.Contains(counter.Port, ports.Values);
            Assert.Equal(0, await host.StopAsync());
        }

        await AssertNothingIsLeftAsync(home, ports);

        await using (var host = AppHostProcess.Start(home, environment))
        {
            var counter = await host.CounterAsync(await host.LoginAsync());

            Assert.Equal("4", TotalOf(await host.FirstAnswerAsync(counter)));
        }
    }

    /// <summary>Kills the AppHost once its container runs, then at random moments.</summary>
    private static async Task KilledLeavesNothing(Dictionary<string, string?> environment, Func<string[], Task<string>> engine, int rounds)
    {
        var moments = new Random(20261127);
        for (var round = 0; round < rounds; round++)
        {
            var home = AppHostProcess.NewHome();
            await using var host = AppHostProcess.Start(home, environment);
            await (round == 0 ? host.UntilAsync("the container runs", () => HasAsync("ps", "--quiet")) : Task.Delay(moments.Next(500, 3_000)));

            host.Kill();

            await AssertNothingIsLeftAsync(home, new Dictionary<string, int>());
            Assert.False(await HasAsync("ps", "--all", "--quiet"));
            Assert.False(await HasAsync("network", "ls", "--quiet", "--filter", "name=aspire"));
        }

        async Task<bool> HasAsync(params string[] command) => (await engine(command)).Trim().Length > 0;
    }

    private static async Task AssertNothingIsLeftAsync(string home, IReadOnlyDictionary<string, int> ports)
    {
        // A process that ends gives up its environment, by which it is found, before its sockets.
        IReadOnlyList<int> left = [];
        IReadOnlyList<int> open = [];
        for (var deadline = DateTime.UtcNow + s_patience; DateTime.UtcNow < deadline; await Task.Delay(100))
        {
            left = [.. HomeProcesses.Of(home).Where(process => !HomeProcesses.CommandLineOf(process).Contains(PodmansNameServer, StringComparison.Ordinal))];
            open = [.. ports.Keys.Intersect(AppHostProcess.ListeningPorts().Keys).Select(socket => ports[socket])];
            if (left.Count + open.Count == 0)
            {
                return;
            }
        }

        Assert.Fail($"Left are the processes {string.Join(", ", left.Select(process => $"{process} {HomeProcesses.CommandLineOf(process).Replace('\0', ' ')}"))} and the ports {string.Join(", ", open)}.");
    }

    private static string TotalOf(string text) => TotalLine().Match(text).Groups["total"].Value;

    private static Dictionary<string, string> CounterEnvironment(string home)
    {
        var process = HomeProcesses.Of(home)
            .Single(id => HomeProcesses.CommandLineOf(id).Contains("CounterService", StringComparison.Ordinal));
        return File.ReadAllText($"/proc/{process}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    [GeneratedRegex(@"^Total requests: (?<total>\d+)$", RegexOptions.Multiline)]
    private static partial Regex TotalLine();

    [GeneratedRegex("^REDIS_(NAME|PORT_6379_.*|ENV_.*)$")]
    private static partial Regex DockerLinkVariable();
}
