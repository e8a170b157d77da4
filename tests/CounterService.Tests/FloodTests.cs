using CounterService.Counting;
using CounterService.Tests.Running;
using StackExchange.Redis;

namespace CounterService.Tests;

public class FloodTests
{
    private const int Bound = 100_000;
    private const int Flood = 150_000;
    private const int PerBatch = 2_500;

    [Theory]
    [InlineData("redis-server", false)]
    [InlineData("garnet", true)]
    public async Task A_flood_of_addresses_leaves_the_ranking_bounded_and_loses_no_count(string kind, bool journal)
    {
        await using var store = await Store.Of(kind).StartAsync();
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{store.ConnectionString},allowAdmin=true,asyncTimeout=60000");
        var database = connection.GetDatabase();
        var largest = 0L;

        // The second time round, those with a count of their own keep it.
        for (var sequence = 1; sequence <= 2 * Flood / PerBatch; sequence++)
        {
            var first = (sequence - 1) * PerBatch % Flood;
            var reply = await AddAsync(database, sequence, first, journal);

            var counts = (long[])reply[1]!;
            Assert.Equal((long)sequence * PerBatch, (long)reply[0]);
            Assert.All(counts, (count, index) => Assert.True(first + index < Bound ? count is 1 or 2 : count < 0, $"Address {first + index} was counted {count} times."));
            largest = Math.Max(largest, -counts.Min());
        }

        Assert.Equal(Bound + 1, await database.SortedSetLengthAsync("ip"));
        Assert.Equal(2 * (Flood - Bound), (long?)await database.SortedSetScoreAsync("ip", Address.Other));
        Assert.Equal(2 * (Flood - Bound), largest);
        var keys = await connection.GetServers()[0].DatabaseSizeAsync();
        Assert.InRange(keys, 3, 4);
    }

    private static Task<RedisResult> AddAsync(IDatabase database, int sequence, int first, bool journal)
    {
        RedisValue[] arguments =
        [
            sequence, PerBatch, Bound, journal,
            .. Enumerable.Range(first, PerBatch).SelectMany(index => new RedisValue[] { $"::ffff:10.{index / 65536}.{index / 256 % 256}.{index % 256}", 1 }),
        ];
        return database.ScriptEvaluateAsync(CountingScript.Text, ["requests", "ip", "batch:flood", "journal"], arguments);
    }
}
