using Aspire.Hosting.ApplicationModel;
using Shared.Docker;
using StackExchange.Redis;

namespace Aspire.Hosting.Redis.Tests;

/// <summary>Redis in its container, on a real engine, run by the host.</summary>
public sealed class ContainerStoreTests(DockerEngine engine) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, string?> _before = [];

    [Fact]
    public async Task Every_acknowledged_write_survives_a_kill_of_the_container()
    {
        await UseEngineAsync();
        using var timeout = new CancellationTokenSource(s_patience);
        await using var application = await StartAsync("killed", timeout.Token);
        var acknowledged = 0L;
        await using (var connection = await ConnectAsync(application, timeout.Token))
        {
            for (var number = 0; number < 500; number++)
            {
                acknowledged = await connection.GetDatabase().StringIncrementAsync("requests");
            }

            await engine.RunAsync("kill", "--signal", "KILL", await ContainerAsync());
        }

        await application.ResourceNotifications.WaitForResourceAsync("redis-server", KnownResourceStates.Exited, timeout.Token);
        Assert.True((await application.ResourceCommands.ExecuteCommandAsync("redis-server", "start", timeout.Token)).Success);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("redis-server", timeout.Token);

        await using var again = await ConnectAsync(application, timeout.Token);
        Assert.Equal(acknowledged, (long)await again.GetDatabase().StringGetAsync("requests"));
        Assert.Equal("yes", Assert.Single(await again.GetServers()[0].ConfigGetAsync("appendonly")).Value);
    }

    [Fact]
    public async Task Stopped_it_ends_by_itself_and_is_not_killed()
    {
        await UseEngineAsync();
        using var timeout = new CancellationTokenSource(s_patience);
        await using var application = await StartAsync("stopped", timeout.Token);

        Assert.True((await application.ResourceCommands.ExecuteCommandAsync("redis-server", "stop", timeout.Token)).Success);

        var stopped = await application.ResourceNotifications.WaitForResourceAsync("redis-server", change => change.Snapshot.State?.Text == KnownResourceStates.Exited, timeout.Token);
        Assert.Equal(0, stopped.Snapshot.ExitCode);
    }

    [Fact]
    public async Task A_snapshot_of_published_Aspire_is_read_and_continued()
    {
        await UseEngineAsync();
        using var timeout = new CancellationTokenSource(s_patience);
        await engine.RunAsync(
            "run", "--rm", "--mount", "type=volume,src=published,dst=/data", "--entrypoint", "/bin/sh", DockerEngine.RedisImage,
            "-c", "redis-server --save 60 1 & until redis-cli ping; do sleep 0.1; done; redis-cli set requests 41; redis-cli shutdown save; wait");

        await using var application = await StartAsync("published", timeout.Token);
        await using var connection = await ConnectAsync(application, timeout.Token);

        Assert.Equal(42, await connection.GetDatabase().StringIncrementAsync("requests"));
        Assert.Equal("yes", Assert.Single(await connection.GetServers()[0].ConfigGetAsync("appendonly")).Value);
    }

    [Fact]
    public async Task A_linked_container_finds_it_by_alias_and_name_and_gets_the_host_and_port_inside()
    {
        await UseEngineAsync();
        using var timeout = new CancellationTokenSource(s_patience);
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, AllowUnsecuredTransport = true });
        builder.Configuration["ASPIRE_REDIS_STORE"] = "container";
        var redis = builder.AddRedis("redis-server");
        builder.AddContainer("consumer", DockerEngine.RedisImage.Split(':')[0], DockerEngine.RedisImage.Split(':')[1])
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", """
                set -- $(getent hosts redis) $(getent hosts redis-server)
                test "$1" = "$3" && echo "one address: $2 $4"
                echo "at $REDIS_HOST:$REDIS_PORT"
                for host in redis redis-server "$REDIS_HOST"; do REDISCLI_AUTH="$REDIS_PASSWORD" redis-cli -h $host -p "$REDIS_PORT" ECHO "$host answers"; done
                test "$REDIS_URI" = "redis://:$REDIS_PASSWORD@$REDIS_HOST:$REDIS_PORT" && echo "the URI says the same"
                test "$ConnectionStrings__redis" = "$REDIS_HOST:$REDIS_PORT,password=$REDIS_PASSWORD" && echo "the connection string says the same"
                """)
            .WithReference(redis, "redis")
            .WaitFor(redis);
        await using var application = builder.Build();
        await application.StartAsync(timeout.Token);

        var consumer = await application.ResourceNotifications.WaitForResourceAsync("consumer", change => change.Snapshot.State?.Text == KnownResourceStates.Exited, timeout.Token);

        var logs = (ResourceLoggerService)application.Services.GetService(typeof(ResourceLoggerService))!;
        List<string> lines = [];
        await foreach (var batch in logs.GetAllAsync(consumer.ResourceId).WithCancellation(timeout.Token))
        {
            lines.AddRange(batch.Select(line => line.Content.Split(' ', 2)[1]));
        }

        string[] expected =
        [
            "one address: redis redis-server", "at redis-server.dev.internal:6379", "redis answers", "redis-server answers", "redis-server.dev.internal answers",
            "the URI says the same", "the connection string says the same",
        ];
        Assert.Equal(expected, lines.Where(line => expected.Contains(line) || line.StartsWith("at ", StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private static async Task<DistributedApplication> StartAsync(string volume, CancellationToken cancellationToken)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, AllowUnsecuredTransport = true });
        builder.Configuration["ASPIRE_REDIS_STORE"] = "container";
        builder.AddRedis("redis-server").WithDataVolume(volume);
        var application = builder.Build();
        await application.StartAsync(cancellationToken);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("redis-server", cancellationToken);
        return application;
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(DistributedApplication application, CancellationToken cancellationToken)
    {
        var model = (DistributedApplicationModel)application.Services.GetService(typeof(DistributedApplicationModel))!;
        var redis = model.Resources.OfType<RedisResource>().Single();
        return await ConnectionMultiplexer.ConnectAsync($"{await redis.GetConnectionStringAsync(cancellationToken)},allowAdmin=true,connectTimeout=60000,asyncTimeout=60000");
    }

    private async Task<string> ContainerAsync() => (await engine.RunAsync("ps", "--quiet", "--filter", "label=aspire.resource=redis-server")).Trim();

    private async Task UseEngineAsync()
    {
        await engine.StartAsync();
        foreach (var (name, value) in engine.Environment)
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
