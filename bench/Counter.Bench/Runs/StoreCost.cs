using Counter.Bench.Load;
using Counter.Bench.Report;
using Counter.Bench.Running;
using CounterService.Counting;
using StackExchange.Redis;

namespace Counter.Bench.Runs;

/// <summary>The processor time that a batch takes the store, by the number of addresses in it: what the simulation of docs/scale.md builds on.</summary>
internal static class StoreCost
{
    private const int Population = 100_000;
    private const int Writers = 16;

    private static readonly int[] s_addresses = [1, 4, 16, 64, 256, 1_024];

    public static async Task RunAsync(Options options)
    {
        await using var store = await Store.StartAsync(options.Garnet);
        foreach (var names in Enumerable.Range(0, Population).Select(Addresses.Name).Chunk(5_000))
        {
            await store.Database.SortedSetAddAsync("ip", [.. names.Select(name => new SortedSetEntry(name, 1))]);
        }

        var random = new Random(1);
        var table = new Table("store-cost", $"A ranking of {Population:N0} addresses, {Writers} batches at a time", "addresses in a batch", "batches", "CPU µs a batch", "CPU µs an address");
        List<(double X, double Y)> costs = [];
        foreach (var count in s_addresses)
        {
            var batches = Math.Max(2_000, 200_000 / (count + 10));
            await RunAsync(store, random, count, batches / 4, options.Garnet);
            var before = store.Process.ProcessorTime;
            await RunAsync(store, random, count, batches, options.Garnet);
            var cost = (store.Process.ProcessorTime - before).TotalMicroseconds / batches;
            costs.Add((count, cost));
            table.Row($"{count:N0}", $"{batches:N0}", cost.Text("0.0"), (cost / count).Text("0.00"));
        }

        table.Write();
        var perAddress = (costs[^1].Y - costs[0].Y) / (costs[^1].X - costs[0].X);
        Console.WriteLine(FormattableString.Invariant($"A batch takes about {costs[0].Y - perAddress:0.0} µs, and {perAddress:0.00} µs for each of its addresses."));
    }

    private static Task RunAsync(Store store, Random random, int count, int batches, bool journal) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            RedisKey[] keys = ["requests", "ip", $"batch:{Guid.NewGuid():N}", "journal"];
            var arguments = new RedisValue[4 + (2 * count)];
            for (var sequence = 1; sequence <= batches / Writers; sequence++)
            {
                arguments[0] = sequence;
                arguments[1] = count;
                arguments[2] = Population;
                arguments[3] = journal;
                for (var i = 0; i < count; i++)
                {
                    int index;
                    lock (random)
                    {
                        index = random.Next(Population);
                    }

                    arguments[4 + (2 * i)] = Addresses.Name(index);
                    arguments[5 + (2 * i)] = 1;
                }

                await store.Database.ScriptEvaluateAsync(CountingScript.Text, keys, arguments);
            }
        }));
}
