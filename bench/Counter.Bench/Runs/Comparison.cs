using System.Globalization;
using Counter.Bench.Load;
using Counter.Bench.Report;
using Counter.Bench.Running;

namespace Counter.Bench.Runs;

/// <summary>
/// The counter beside (a) the tutorial's application in Node, (b) a lean one, and (c) an endpoint of its own process that touches nothing. All run at
/// the same time, each with a store of its own, and are asked in turn, so that a disturbance of the machine meets all of them. A ratio is
/// that of two neighbours in one round.
/// </summary>
internal static class Comparison
{
    private const string Tutorial = "(a) the tutorial's application, Node, redis 0.12.1";
    private const string Hello = "(c) `GET /hello` of the same process";

    public static async Task RunAsync(Options options)
    {
        await using var tutorialStore = await Store.StartAsync();
        await using var leanStore = await Store.StartAsync();
        await using var store = await Store.StartAsync(options.Garnet);
        await using var tracedStore = await Store.StartAsync(options.Garnet);
        await using var alwaysStore = await Store.StartAsync(options.Garnet);
        using var dashboard = await Dashboard.StartAsync();
        using var tutorial = await Server.StartNodeAsync("tutorial", tutorialStore);
        using var lean = await Server.StartNodeAsync("lean", leanStore);
        using var counter = await Server.StartCounterAsync(store);
        using var traced = await Server.StartCounterAsync(tracedStore, dashboard);
        using var always = await Server.StartCounterAsync(alwaysStore, dashboard: null, ("Counter__Durability", "Always"));

        Subject[] subjects =
        [
            new(Tutorial, tutorial, tutorialStore),
            new("(b) lean Node, redis 5, one INCR", lean, leanStore),
            new(Hello, counter, store, "/hello"),
            new("**the counter**", counter, store),
            new("the counter, every write on disk (`Always`)", always, alwaysStore),
            new("(c) with telemetry", traced, tracedStore, "/hello"),
            new("**the counter, every request traced and received**", traced, tracedStore),
        ];

        // Compiled, and compiled again for speed, before it is measured.
        foreach (var subject in subjects)
        {
            await Wrk.RunAsync(subject.Server.Url + subject.Path, options.Connections, 2);
        }

        var rounds = subjects.Select(_ => new List<Measurement>()).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var i = 0; i < subjects.Length; i++)
            {
                rounds[i].Add(await Measurement.TakeAsync(subjects[i], options.Connections, options.Seconds));
                if (subjects[i].Server == traced)
                {
                    // What it still has to send is its own cost, not its neighbour's.
                    await dashboard.AccountAtRestAsync(TimeSpan.FromMilliseconds(700));
                }
            }
        }

        // Garnet does not count its commands.
        var (a, c) = (rounds[0], rounds[2]);
        var table = new Table(
            $"comparison-{options.Connections}{(options.Garnet ? "-garnet" : "")}",
            $"{options.Connections} connections, {options.Rounds} rounds of {options.Seconds} s (smallest / **median** / largest)",
            "server", "× (a)", "× (c)", "requests/s", "p99 ms", "CPU µs", "CPU µs of the store", "bytes allocated", "batches", "store commands", "errors");
        for (var i = 0; i < subjects.Length; i++)
        {
            var measured = rounds[i];
            var requests = (double)measured.Sum(one => one.Load.Requests);
            var isCounter = subjects[i].Server.IsCounter;
            table.Row(
                subjects[i].Name,
                Ratio(measured, a).Spread("0.00"),
                Ratio(measured, c).Spread("0.00"),
                measured.ConvertAll(one => one.Load.PerSecond).Spread("N0"),
                measured.ConvertAll(one => one.Load.P99.TotalMilliseconds).Median().Text("0.0"),
                (measured.Sum(one => one.ServerTime.TotalMicroseconds) / requests).Text("0.0"),
                (measured.Sum(one => one.StoreTime.TotalMicroseconds) / requests).Text("0.0"),
                isCounter ? (measured.Sum(one => one.Allocated) / requests).Text("0") : "–",
                isCounter && !options.Garnet ? (measured.Sum(one => one.Sent) / requests).Text("0.000") : "–",
                isCounter && options.Garnet ? "–" : (measured.Sum(one => one.Executed) / requests).Text("0.00"),
                measured.Sum(one => one.Load.Errors).ToString(CultureInfo.InvariantCulture));
        }

        table.Write();
        var account = await dashboard.AccountAtRestAsync(TimeSpan.FromSeconds(3));
        var (_, uncounted) = await traced.CostAsync();
        var counted = await tracedStore.TotalAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Traced: {counted:N0} counted and {uncounted - 1:N0} others; the dashboard received {account.Requests:N0} requests (lost {account.Lost}, refused {account.Refused})."));
    }

    private static List<double> Ratio(List<Measurement> subject, List<Measurement> peer) =>
        [.. subject.Zip(peer, (one, other) => one.Load.PerSecond / Math.Max(1, other.Load.PerSecond))];
}
