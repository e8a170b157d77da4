using System.Collections.Concurrent;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Shared;
using StackExchange.Redis;

namespace Aspire.Hosting.Redis.Tests;

public sealed class StoreTests(UserData user)
{
    public static TheoryData<string> Stores => ["redis-server", "garnet"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Data_of_a_volume_is_there_after_a_restart(string forced)
    {
        var redis = Redis(forced, "restarts").WithDataVolume("restarts");
        await using (var first = await TestStore.StartAsync(redis, forced))
        await using (var connection = await first.ConnectAsync())
        {
            await connection.GetDatabase().StringIncrementAsync("requests", 3);
            await connection.GetDatabase().SortedSetIncrementAsync("ip", "127.0.0.1", 3);
        }

        await using var second = await TestStore.StartAsync(redis, forced);
        await using var again = await second.ConnectAsync();

        Assert.Equal(4, await again.GetDatabase().StringIncrementAsync("requests"));
        Assert.Equal(3, await again.GetDatabase().SortedSetScoreAsync("ip", "127.0.0.1"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Every_acknowledged_write_survives_a_kill_under_load(string forced)
    {
        var redis = Redis(forced, "killed").WithDataVolume("killed-" + forced);
        var acknowledged = new ConcurrentDictionary<string, long>();

        for (var round = 0; round < 3; round++)
        {
            await using var store = await TestStore.StartAsync(redis, forced);
            await using var connection = await store.ConnectAsync();
            await AssertAllThereAsync(connection, acknowledged);
            var before = acknowledged.Values.Sum();

            var writers = Enumerable.Range(0, 8).Select(number => WriteUntilItDiesAsync(connection, $"writer{number}", acknowledged)).ToList();
            await UntilAsync(() => acknowledged.Values.Sum() > before + 500);
            await store.KillAsync();
            await Task.WhenAll(writers);
        }

        await using var last = await TestStore.StartAsync(redis, forced);
        await using var reader = await last.ConnectAsync();
        await AssertAllThereAsync(reader, acknowledged);
        Assert.Equal(8, acknowledged.Count);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Only_the_user_can_reach_the_password_and_the_data(string forced)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Reads /proc.");
        }

        var redis = Redis(forced, "private").WithDataVolume("private");
        await using var store = await TestStore.StartAsync(redis, forced);
        await using var connection = await store.ConnectAsync();

        Assert.DoesNotContain("p4ss", await File.ReadAllTextAsync($"/proc/{store.Process.Id}/cmdline"), StringComparison.Ordinal);
        Assert.DoesNotContain("p4ss", string.Join(' ', store.StandIn.Arguments), StringComparison.Ordinal);
        Assert.DoesNotContain("p4ss", string.Join(' ', store.StandIn.Environment.Values), StringComparison.Ordinal);
        var data = Path.Combine(user.Directory, "aspire", "volumes", "private", forced);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Mode(data));
        Assert.Equal(forced == "garnet" ? [UnixFileMode.UserRead | UnixFileMode.UserWrite] : [], Directory.EnumerateFiles(data, "*.json").Select(Mode));

        Assert.Equal(["0100007F"], ListeningAddresses(store.Port));
        await Assert.ThrowsAnyAsync<RedisException>(async () =>
        {
            await using var stranger = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{store.Port},connectTimeout=2000,connectRetry=1");
            await stranger.GetDatabase().PingAsync();
        });
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Without_a_volume_nothing_is_left(string forced)
    {
        var redis = Redis(forced, "forgetful");
        await using var store = await TestStore.StartAsync(redis, forced);
        await using (var connection = await store.ConnectAsync())
        {
            await connection.GetDatabase().StringSetAsync("key", "value");
        }

        var directory = store.StandIn.WorkingDirectory!;
        Assert.True(Directory.Exists(directory));
        await store.KillAsync();

        Assert.False(Directory.Exists(directory));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Without_a_password_anyone_on_this_machine_gets_in(string forced)
    {
        await using var store = await TestStore.StartAsync(Redis(forced, "open").WithPassword(null), forced);
        await using var connection = await store.ConnectAsync(password: null);

        Assert.True(await connection.GetDatabase().PingAsync() > TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_script_counts_ranks_and_remembers_in_one_step(string forced)
    {
        const string script = """
            if not redis.call('SET', KEYS[3], '1', 'NX', 'EX', 60) then return {} end
            local total = redis.call('INCRBY', KEYS[1], ARGV[1])
            redis.call('ZINCRBY', KEYS[2], ARGV[1], ARGV[2])
            return { total, redis.call('ZREVRANGE', KEYS[2], 0, 9, 'WITHSCORES') }
            """;
        await using var store = await TestStore.StartAsync(Redis(forced, "scripts").WithDataVolume("scripts"), forced);
        await using var connection = await store.ConnectAsync();

        var first = await connection.GetDatabase().ScriptEvaluateAsync(script, ["{c}:n", "{c}:ip", "{c}:token"], [5, "::1"]);
        var retried = await connection.GetDatabase().ScriptEvaluateAsync(script, ["{c}:n", "{c}:ip", "{c}:token"], [5, "::1"]);

        Assert.Equal(5, (long)first[0]);
        Assert.Equal("::1 5", string.Join(" ", (string?[]?)first[1] ?? []));
        Assert.Equal(0, retried.Length);
    }

    [Fact]
    public async Task A_snapshot_that_redis_wrote_without_its_file_of_writes_is_taken_over()
    {
        var program = Tools.Require("redis-server");
        var folder = Directory.CreateDirectory(Path.Combine(user.Directory, "bind")).FullName;
        var redis = RedisModel.Builder().AddRedis("bound").WithDataBindMount(folder);
        await using (var plain = await TestStore.StartAsync(redis, "redis-server"))
        await using (var connection = await plain.ConnectAsync())
        {
            await connection.GetDatabase().StringSetAsync("kept", "yes");
            await connection.GetServers()[0].ExecuteAsync("SAVE");
        }

        Directory.Delete(Path.Combine(folder, "appendonlydir"), recursive: true);
        await using var second = await TestStore.StartAsync(redis, "redis-server");
        await using var again = await second.ConnectAsync();

        Assert.Equal(program, second.StandIn.FileName);
        Assert.Equal("yes", await again.GetDatabase().StringGetAsync("kept"));
    }

    [Fact]
    public async Task Data_of_a_read_only_volume_is_read_and_stays_as_it_is()
    {
        Tools.Require("redis-server");
        await using (var store = await TestStore.StartAsync(Redis("redis-server", "writer").WithDataVolume("shared"), "redis-server"))
        await using (var connection = await store.ConnectAsync())
        {
            await connection.GetDatabase().StringSetAsync("key", "first");
        }

        var readOnly = Redis("redis-server", "reader").WithDataVolume("shared", isReadOnly: true);
        for (var round = 0; round < 2; round++)
        {
            await using var store = await TestStore.StartAsync(readOnly, "redis-server");
            await using var connection = await store.ConnectAsync();
            Assert.Equal("first", await connection.GetDatabase().StringGetAsync("key"));
            await connection.GetDatabase().StringSetAsync("key", "second");
        }
    }

    internal static IResourceBuilder<RedisResource> Redis(string forced, string name)
    {
        if (forced == "redis-server")
        {
            Tools.Require("redis-server");
        }

        return RedisModel.Builder().AddRedis(name);
    }

    private static async Task WriteUntilItDiesAsync(ConnectionMultiplexer connection, string key, ConcurrentDictionary<string, long> acknowledged)
    {
        try
        {
            while (true)
            {
                acknowledged[key] = await connection.GetDatabase().StringIncrementAsync(key);
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            // Killed.
        }
    }

    private static async Task AssertAllThereAsync(ConnectionMultiplexer connection, ConcurrentDictionary<string, long> acknowledged)
    {
        foreach (var (key, value) in acknowledged)
        {
            var found = (long)await connection.GetDatabase().StringGetAsync(key);
            Assert.True(found >= value, $"{key}: {value} was acknowledged, {found} is there.");
            acknowledged[key] = found;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(60); !condition(); await Task.Delay(20))
        {
            Assert.True(DateTime.UtcNow < deadline, "Not within a minute.");
        }
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static List<string> ListeningAddresses(int port) =>
        [.. new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && fields[1].EndsWith(":" + port.ToString("X4", CultureInfo.InvariantCulture), StringComparison.Ordinal))
            .Select(fields => fields[1].Split(':')[0])];
}
