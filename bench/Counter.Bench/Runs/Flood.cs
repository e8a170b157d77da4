using Counter.Bench.Load;
using Counter.Bench.Report;
using Counter.Bench.Running;

namespace Counter.Bench.Runs;

/// <summary>A million different addresses, with the bound of the ranking at its default: what it costs, and what it leaves behind.</summary>
internal static class Flood
{
    private const int Addresses = 1_000_000;

    public static async Task RunAsync(Options options)
    {
        await using var store = await Store.StartAsync(options.Garnet);
        using var counter = await Server.StartCounterAsync(store, dashboard: null, ("Counter__KnownProxies__0", "127.0.0.1"));
        var one = Load.Addresses.Random(1);
        var many = Load.Addresses.Random(Addresses);
        await Wrk.RunAsync(counter.Url, options.Connections, 3, one);

        var before = Memory();
        var sent = 0L;
        while (sent < Addresses)
        {
            sent += (await Wrk.RunAsync(counter.Url, options.Connections, 5, Load.Addresses.InOrder((int)sent))).Requests;
        }

        var after = Memory();
        List<double> withOne = [], withMany = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            withOne.Add((await Wrk.RunAsync(counter.Url, options.Connections, options.Seconds, one)).PerSecond);
            withMany.Add((await Wrk.RunAsync(counter.Url, options.Connections, options.Seconds, many)).PerSecond);
        }

        var table = new Table("flood", $"{sent:N0} requests from different addresses, then {options.Rounds} rounds of {options.Seconds} s at {options.Connections} connections", "what", "how much");
        table.Row("requests/s from one address", withOne.Spread("N0"));
        table.Row("requests/s from any of 1,000,000", withMany.Spread("N0"));
        table.Row("ratio", withMany.Zip(withOne, (with, without) => with / without).ToList().Spread("0.00"));
        table.Row("addresses in the ranking", $"{await store.Database.SortedSetLengthAsync("ip"):N0}");
        table.Row("of them under `other`", $"{await store.Database.SortedSetScoreAsync("ip", "other"):N0}");
        table.Row("counter resident, before and after the flood", before.Counter + " → " + after.Counter);
        table.Row("store resident, before and after the flood", before.Store + " → " + after.Store);
        table.Write();

        (string Counter, string Store) Memory() => ($"{counter.Process.ResidentBytes >> 20} MB", $"{store.Process.ResidentBytes >> 20} MB");
    }
}
