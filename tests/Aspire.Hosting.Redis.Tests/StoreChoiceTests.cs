using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using Shared;

namespace Aspire.Hosting.Redis.Tests;

public sealed class StoreChoiceTests
{
    private readonly IResourceBuilder<RedisResource> _redis = RedisModel.Builder().AddRedis("redis-server");

    [Fact]
    public async Task The_container_comes_first()
    {
        Assert.Null(await TestStore.ChooseAsync(_redis, forced: null, port: 1, whyNoContainer: null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_shell_is_told_to_make_way_and_nothing_else_is(bool isShell)
    {
        List<string> words = ["redis-server"];

        Assert.Null(await TestStore.ChooseAsync(_redis, "container", port: 1, whyNoContainer: null, arguments: isShell ? ["-c", "redis-server"] : words, containerArguments: words));

        Assert.Equal(isShell ? "exec redis-server" : "redis-server", string.Join(' ', words));
    }

    [Fact]
    public async Task Without_an_engine_it_is_the_redis_server_on_PATH()
    {
        var program = Tools.Require("redis-server");
        var log = new LogLines();

        var store = await TestStore.ChooseAsync(_redis, forced: null, port: 1, logger: log);

        Assert.Equal(program, store!.FileName);
        Assert.StartsWith("redis-server ", store.Source, StringComparison.Ordinal);
        Assert.Equal($"The store is {store.Source} (container: no engine in this test).", Assert.Single(log.Lines));
        await store.CleanUp!();
    }

    [Fact]
    public async Task Without_both_it_is_garnet()
    {
        var store = await WithoutPathAsync(() => TestStore.ChooseAsync(_redis, forced: null, port: 1));

        Assert.Equal("Garnet 2.2.8", store!.Source);
        await store.CleanUp!();
    }

    [Theory]
    [InlineData("container", "ASPIRE_REDIS_STORE=container, but that store can't be started for resource 'redis-server': container: no engine in this test.")]
    [InlineData("redis-server", "ASPIRE_REDIS_STORE=redis-server, but that store can't be started for resource 'redis-server': redis-server: there is no redis-server on PATH.")]
    [InlineData("valkey", "ASPIRE_REDIS_STORE=valkey is not a store of resource 'redis-server': use container, redis-server or garnet.")]
    public async Task A_forced_store_that_cannot_start_is_an_error_that_says_why(string forced, string message)
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => WithoutPathAsync(() => TestStore.ChooseAsync(_redis, forced, port: 1)));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task Settings_of_the_user_reach_redis_and_what_is_missing_is_told()
    {
        Tools.Require("redis-server");
        _redis.WithArgs("--maxmemory", "\"64mb\"", "--port", "1234").WithModule(RedisModules.Json);
        var log = new LogLines();

        await using var store = await TestStore.StartAsync(_redis, "redis-server");
        await using var connection = await store.ConnectAsync();
        await (await TestStore.ChooseAsync(_redis, "garnet", port: 1, logger: log))!.CleanUp!();

        Assert.Equal("67108864", Assert.Single(await connection.GetServers()[0].ConfigGetAsync("maxmemory")).Value);
        Assert.Contains(log.Lines, line => line.Contains("rejson.so", StringComparison.Ordinal));
        Assert.Contains("Garnet does not have the setting 'maxmemory'; it is ignored.", log.Lines);
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("/etc")]
    [InlineData("")]
    public async Task A_volume_stays_in_its_folder(string volume)
    {
        var redis = RedisModel.Builder().AddRedis("redis-server").WithVolume(volume, "/data");

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => TestStore.ChooseAsync(redis, "garnet", port: 1));

        Assert.StartsWith($"The volume '{volume}' of resource 'redis-server' has a name that is not valid", error.Message, StringComparison.Ordinal);
    }

    private static async Task<T> WithoutPathAsync<T>(Func<Task<T>> action)
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", "/nowhere");
        try
        {
            return await action();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    private sealed class LogLines : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
