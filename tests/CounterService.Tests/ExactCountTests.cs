using System.Globalization;
using CounterService.Tests.Checking;
using CounterService.Tests.Running;
using StackExchange.Redis;

namespace CounterService.Tests;

/// <summary>Every answered request is counted exactly once, whatever happens to the store.</summary>
public class ExactCountTests
{
    private const int Callers = 32;

    /// <summary>How often the store is killed.</summary>
    private static readonly int s_kills =
        int.Parse(Environment.GetEnvironmentVariable("COUNTER_TEST_KILLS") ?? "20", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Numbers_have_no_gap_and_no_repeat_while_the_store_is_killed_and_restarted(string kind)
    {
        await using var store = await Store.Of(kind).StartAsync();
        await using var counter = await Counter.StartAsync(store.ConnectionString, ("Counter__Durability", "Always"), ("Counter__KnownProxies__0", "127.0.0.1"));
        var ledger = new Ledger();
        using var end = new CancellationTokenSource();

        var callers = Enumerable.Range(0, Callers).Select(caller => CallAsync(counter, ledger, seed: caller, end.Token)).ToArray();
        for (var kill = 0; kill < s_kills; kill++)
        {
            await AnsweredAsync(ledger, 100);
            store.Kill();
            await store.StartAsync();
        }

        await AnsweredAsync(ledger, 100);
        await end.CancelAsync();
        await Task.WhenAll(callers);

        using var connection = await store.ConnectAsync();
        var shares = (await connection.GetDatabase().SortedSetRangeByRankWithScoresAsync("ip"))
            .ToDictionary(entry => entry.Element.ToString(), entry => (long)entry.Score);
        Assert.Empty(ledger.Check(await counter.TotalAsync(), shares));
        TestContext.Current.SendDiagnosticMessage($"{kind}: {ledger.Answered} answered, {ledger.Unknown} unknown, {s_kills} kills");
    }

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Concurrent_callers_of_two_replicas_are_given_the_numbers_from_1_to_N(string kind)
    {
        const int PerCaller = 100;
        await using var store = await Store.Of(kind).StartAsync();

        await using var one = await Counter.StartAsync(store.ConnectionString, Counter.Patient);
        await using var other = await Counter.StartAsync(store.ConnectionString, Counter.Patient);

        var numbers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var counter = caller % 2 == 0 ? one : other;
            List<long> given = [];
            for (var i = 0; i < PerCaller; i++)
            {
                given.Add((await counter.CountAsync())!.Value);
            }

            return given;
        }));

        Assert.All(numbers, given => Assert.Equal(given.Order(), given));
        Assert.Equal(Enumerable.Range(1, Callers * PerCaller).Select(number => (long)number), numbers.SelectMany(given => given).Order());
    }

    private static async Task CallAsync(Counter counter, Ledger ledger, int seed, CancellationToken end)
    {
        var random = new Random(seed);
        while (!end.IsCancellationRequested)
        {
            var caller = $"192.0.2.{random.Next(1, 30)}";
            ledger.Add($"::ffff:{caller}", await counter.CountAsync(caller));
        }
    }

    private static async Task AnsweredAsync(Ledger ledger, int more)
    {
        var enough = ledger.Answered + more;
        await Poll.UntilAsync(() => Task.FromResult(ledger.Answered >= enough), () => $"{ledger.Answered} requests were answered instead of {enough}.");
    }
}
