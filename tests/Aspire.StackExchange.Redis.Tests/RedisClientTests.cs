using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis.Tests;

public class RedisClientTests(RedisServer server) : IClassFixture<RedisServer>
{
    private const string Section = "Aspire:StackExchange:Redis";

    [Fact]
    public void A_client_needs_a_name()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);

        Assert.Equal("connectionName", Assert.Throws<ArgumentException>(() => builder.AddRedisClient("")).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => builder.AddKeyedRedisClient("")).ParamName);
    }

    [Fact]
    public async Task The_connection_string_of_the_name_is_used()
    {
        var builder = NewBuilder(("ConnectionStrings:redis", server.ConnectionString));
        builder.AddRedisClient("redis");

        using var host = builder.Build();
        var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();

        Assert.Equal(1, await database.StringIncrementAsync("used"));
    }

    [Fact]
    public void Later_configuration_wins()
    {
        var builder = NewBuilder(
            ($"{Section}:ConnectionString", "general"),
            ($"{Section}:DisableTracing", "true"),
            ($"{Section}:redis:ConnectionString", "named"),
            ($"{Section}:redis:DisableHealthChecks", "true"),
            ("ConnectionStrings:redis", "string"));
        List<string?> seen = [];
        builder.AddRedisClient("other", settings => seen.Add(settings.ConnectionString));
        builder.AddKeyedRedisClient("redis", settings =>
        {
            seen.Add(settings.ConnectionString);
            Assert.True(settings.DisableTracing);
            Assert.True(settings.DisableHealthChecks);
            Assert.True(settings.DisableAutoActivation);
            settings.ConnectionString = "delegate";
        });
        Assert.Equal("delegate", builder.AddRedisClientBuilder("redis", settings => settings.ConnectionString = "delegate").Settings.ConnectionString);

        Assert.Equal(["general", "string"], seen);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(",abortConnect=true", true)]
    public void A_store_that_is_not_there_yet_is_waited_for_unless_the_connection_string_says_otherwise(string suffix, bool abort)
    {
        var builder = NewBuilder(
            ("ConnectionStrings:redis", server.ConnectionString + suffix),
            ($"{Section}:ConfigurationOptions:ConnectRetry", "7"));
        ConfigurationOptions? seen = null;
        builder.AddRedisClient("redis", configureOptions: options => seen = options);

        using var host = builder.Build();
        host.Services.GetRequiredService<IConnectionMultiplexer>();

        Assert.Equal(abort, seen!.AbortOnConnectFail);
        Assert.Equal(7, seen.ConnectRetry);
    }

    [Fact]
    public void The_options_of_a_client_are_options_of_the_application()
    {
        var builder = NewBuilder(
            ("ConnectionStrings:redis", "one:1"),
            ("ConnectionStrings:keyed", "two:2"),
            ($"{Section}:keyed:ConfigurationOptions:ConnectTimeout", "55"));
        builder.AddRedisClient("redis", configureOptions: options => options.ConnectRetry = 7);
        builder.AddKeyedRedisClient("keyed");
        builder.Services.Configure<ConfigurationOptions>(options => options.ClientName = "counter");

        using var host = builder.Build();
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<ConfigurationOptions>>();

        Assert.Equal(("one:1", 7, "counter", false), (monitor.CurrentValue.EndPoints.Single().ToString()!.Split('/')[^1], monitor.CurrentValue.ConnectRetry, monitor.CurrentValue.ClientName, monitor.CurrentValue.AbortOnConnectFail));
        Assert.Equal(("two:2", 55), (monitor.Get("keyed").EndPoints.Single().ToString()!.Split('/')[^1], monitor.Get("keyed").ConnectTimeout));
    }

    [Fact]
    public async Task A_missing_connection_string_fails_on_first_use_and_says_what_to_do()
    {
        var builder = NewBuilder();
        builder.AddRedisClient("redis");
        using var host = builder.Build();
        await host.StartAsync();

        var exception = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<IConnectionMultiplexer>);

        Assert.Equal(
            "No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:redis' "
            + "or for the 'Aspire:StackExchange:Redis:ConnectionString' configuration key.",
            exception.Message);
    }

    [Fact]
    public async Task Activation_at_the_start_finds_a_missing_connection_string_at_once()
    {
        var builder = NewBuilder();
        builder.AddRedisClient("redis", settings => settings.DisableAutoActivation = false);
        using var host = builder.Build();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());
    }

    [Fact]
    public void Keyed_clients_are_apart()
    {
        var builder = NewBuilder(("ConnectionStrings:one", server.ConnectionString), ("ConnectionStrings:two", server.ConnectionString));
        builder.AddKeyedRedisClient("one");
        var two = builder.AddKeyedRedisClientBuilder("two");
        using var host = builder.Build();

        Assert.Equal("two", two.ServiceKey);
        Assert.Same(builder, two.HostBuilder);
        Assert.NotSame(
            host.Services.GetRequiredKeyedService<IConnectionMultiplexer>("one"),
            host.Services.GetRequiredKeyedService<IConnectionMultiplexer>("two"));
        Assert.Null(host.Services.GetService<IConnectionMultiplexer>());
    }

    [Fact]
    public async Task Health_is_that_of_the_store()
    {
        var builder = NewBuilder(("ConnectionStrings:one", server.ConnectionString), ("ConnectionStrings:two", "127.0.0.1:1,connectTimeout=200,connectRetry=0"));
        builder.AddRedisClient("one");
        builder.AddRedisClient("one");
        builder.AddKeyedRedisClient("two");
        using var host = builder.Build();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(["StackExchange.Redis", "StackExchange.Redis_two"], report.Entries.Keys.Order());
        Assert.Equal(HealthStatus.Healthy, report.Entries["StackExchange.Redis"].Status);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["StackExchange.Redis_two"].Status);
        Assert.NotNull(report.Entries["StackExchange.Redis_two"].Exception);
    }

    private static HostApplicationBuilder NewBuilder(params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var (key, value) in configuration)
        {
            builder.Configuration[key] = value;
        }

        return builder;
    }
}
