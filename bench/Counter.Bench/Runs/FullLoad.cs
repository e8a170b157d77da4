using Counter.Bench.Load;
using Counter.Bench.Running;

namespace Counter.Bench.Runs;

/// <summary>All the load the machine can make, with every request traced: was each counted request received by the dashboard?</summary>
internal static class FullLoad
{
    public static async Task<int> RunAsync(Options options)
    {
        await using var store = await Store.StartAsync(options.Garnet);
        using var dashboard = await Dashboard.StartAsync();
        using var counter = await Server.StartCounterAsync(store, dashboard);
        await Wrk.RunAsync(counter.Url, options.Connections, 2);

        var load = await Wrk.RunAsync(counter.Url, options.Connections, options.Number("seconds", 60));
        var most = counter.Process.ResidentBytes;
        var (_, uncounted) = await counter.CostAsync();
        await counter.Process.StopAsync(TimeSpan.FromSeconds(60));
        var account = await dashboard.AccountAtRestAsync(TimeSpan.FromSeconds(3));

        var counted = await store.TotalAsync();
        var traced = account.Requests - uncounted;
        Console.WriteLine(FormattableString.Invariant($"""
            {load.Requests:N0} requests answered in {options.Number("seconds", 60)} s: {load.PerSecond:N0} requests/s, p99 {load.P99.TotalMilliseconds:0.0} ms, {load.Errors} errors
            {counted:N0} counted by the store
            {traced:N0} traced: requests the dashboard received, less {uncounted} that were not to be counted
            {account.Spans:N0} spans received = {account.Kept:N0} kept + {account.Evicted:N0} evicted + {account.Refused} refused + {account.Duplicates} duplicates; {account.Lost} lost by the sender's own account
            resident: counter {most >> 20} MB, dashboard {dashboard.Process.ResidentBytes >> 20} MB
            """));
        Console.WriteLine(counted == traced ? "Counted = traced, to the request." : $"NOT EQUAL: {counted - traced} traces are missing.");
        return counted == traced ? 0 : 1;
    }
}
