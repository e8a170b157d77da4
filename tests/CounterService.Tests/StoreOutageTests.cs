using System.Diagnostics;
using CounterService.Tests.Checking;
using CounterService.Tests.Running;

namespace CounterService.Tests;

public class StoreOutageTests
{
    /// <summary>Twice the time a batch is tried for, and room for a slow machine.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task A_store_that_hangs_gives_bounded_answers_and_is_used_again_when_it_goes_on()
    {
        await using var store = await Store.Of("redis-server").StartAsync();
        await using var counter = await Counter.StartAsync(store.ConnectionString);
        var ledger = new Ledger();
        using var end = new CancellationTokenSource();
        var longest = TimeSpan.Zero;
        var callers = Enumerable.Range(0, 16).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
            {
                var asked = Stopwatch.GetTimestamp();
                ledger.Add("::ffff:127.0.0.1", await counter.CountAsync());
                var waited = Stopwatch.GetElapsedTime(asked);
                longest = waited > longest ? waited : longest;
            }
        }).ToArray();

        await Task.Delay(500);
        store.Process.Signal("STOP");
        await Task.Delay(TimeSpan.FromSeconds(5));
        await Poll.UntilAsync(() => Task.FromResult(ledger.Unknown > 0), () => "Nobody was told that the store did not answer.");
        store.Process.Signal("CONT");
        long before = 0;
        await Poll.UntilAsync(async () => (before = await counter.TotalAsync()) > 0, () => "The store is not read again.");
        await Poll.UntilAsync(async () => await counter.TotalAsync() > before + 100, () => "Nothing is counted any more.");
        await end.CancelAsync();
        await Task.WhenAll(callers);

        Assert.True(longest < s_bound, $"An answer took {longest}.");
        var total = await counter.TotalAsync();
        Assert.Empty(ledger.Check(total, new Dictionary<string, long> { ["::ffff:127.0.0.1"] = total }));
        Assert.False(counter.Process.HasExited);
    }

    [Fact]
    public async Task A_full_queue_is_refused_at_once()
    {
        await using var store = await Store.Of("redis-server").StartAsync();
        await using var counter = await Counter.StartAsync(store.ConnectionString, ("Counter__MaxQueue", "4"), ("Counter__SettleTimeout", "00:03:00"));
        using var connection = await store.ConnectAsync();
        var server = connection.GetServers()[0];
        await server.ExecuteAsync("CLIENT", "PAUSE", "600000", "WRITE");

        // One batch is under way and four requests wait; the rest must not.
        var first = counter.CountAsync();
        await Poll.UntilAsync(async () => (await server.InfoRawAsync("clients"))!.Contains("blocked_clients:1\r", StringComparison.Ordinal), () => "The batch does not arrive.");
        var callers = Enumerable.Range(0, 20).Select(_ => counter.CountAsync()).ToArray();
        Task<long?>[] refused = [];
        await Poll.UntilAsync(() => Task.FromResult((refused = [.. callers.Where(caller => caller.IsCompleted)]).Length >= 16), () => $"{refused.Length} of 20 were refused.");
        await server.ExecuteAsync("CLIENT", "UNPAUSE");

        Assert.Equal(16, refused.Length);
        Assert.All(await Task.WhenAll(refused), Assert.Null);
        Assert.All(await Task.WhenAll(callers.Except(refused).Append(first)), number => Assert.NotNull(number));
    }

    [Fact]
    public async Task A_store_of_the_wrong_shape_is_refused_and_left_as_it_is()
    {
        await using var store = await Store.Of("redis-server").StartAsync();
        using var connection = await store.ConnectAsync();
        await connection.GetDatabase().HashIncrementAsync("ip", "::ffff:127.0.0.1");
        await using var counter = await StartWithoutReadingAsync(store);

        Assert.Null(await counter.CountAsync());

        Assert.False(await connection.GetDatabase().KeyExistsAsync("requests"));
    }

    // The start is awaited by reading the count, which this store can't answer.
    private static async Task<Counter> StartWithoutReadingAsync(Store store)
    {
        using var connection = await store.ConnectAsync();
        var database = connection.GetDatabase();
        await database.KeyRenameAsync("ip", "aside");
        var counter = await Counter.StartAsync(store.ConnectionString);
        await database.KeyRenameAsync("aside", "ip");
        return counter;
    }
}
