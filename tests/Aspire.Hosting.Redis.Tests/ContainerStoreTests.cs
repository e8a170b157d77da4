using Aspire.Hosting.ApplicationModel;
using Shared.Docker;
using StackExchange.Redis;

namespace Aspire.Hosting.Redis.Tests;

/// <summary>Redis in its container, on a real engine, run by the host.</summary>
public sealed class ContainerStoreTests(DockerEngine engine) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

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
        return await ConnectionMultiplexer.ConnectAsync($"{await redis.GetConnectionStringAsync(cancellationToken)},allowAdmin=true");
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
