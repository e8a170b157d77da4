using Counter.Bench.Load;
using Counter.Bench.Report;
using Counter.Bench.Running;
using StackExchange.Redis;

namespace Counter.Bench.Runs;

/// <summary>What a request costs as the ranking grows, and as the callers become more: tables, and charts as SVG.</summary>
internal static class Growth
{
    private static readonly int[] s_addresses = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    // With more, the tutorial's application answers less than once a second. It gets few connections: what they have asked, it works off when they are long gone.
    private const int MostOfTutorial = 10_000;
    private const int ConnectionsOfTutorial = 8;

    private static readonly int[] s_connections = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];

    public static async Task AddressesAsync(Options options)
    {
        await using var all = new Disposables();
        List<(int Addresses, Subject Subject, string? Script)> subjects = [];
        foreach (var count in s_addresses)
        {
            var store = all.Add(await Store.StartAsync(options.Garnet));
            await FillAsync(store, count, (database, names) => database.SortedSetAddAsync("ip", [.. names.Select(name => new SortedSetEntry(name, 1))]));
            var counter = all.Add(await Server.StartCounterAsync(store, dashboard: null, ("Counter__KnownProxies__0", "127.0.0.1"), ("Counter__MaxAddresses", "1000000")));
            subjects.Add((count, new Subject("the counter", counter, store), Addresses.Random(count)));
            if (count <= MostOfTutorial)
            {
                var peersStore = all.Add(await Store.StartAsync());
                await FillAsync(peersStore, count, (database, names) => database.HashSetAsync("ip", [.. names.Select(name => new HashEntry(name, 1))]));
                subjects.Add((count, new Subject("the tutorial's application", all.Add(await Server.StartNodeAsync("tutorial", peersStore)), peersStore), null));
            }
        }

        foreach (var (_, subject, script) in subjects)
        {
            await Wrk.RunAsync(subject.Server.Url, Connections(subject), 1, script);
        }

        var measured = subjects.ConvertAll(_ => new List<Measurement>());
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var i = 0; i < subjects.Count; i++)
            {
                measured[i].Add(await Measurement.TakeAsync(subjects[i].Subject, Connections(subjects[i].Subject), options.Seconds, subjects[i].Script));
            }
        }

        var table = new Table("growth-addresses", $"{options.Connections} connections ({ConnectionsOfTutorial} for the tutorial's application), {options.Rounds} rounds of {options.Seconds} s (smallest / **median** / largest)",
            "server", "addresses", "requests/s", "p99 ms", "CPU µs", "CPU µs of the store");
        var chart = new Chart("Requests per second as the addresses become more", "addresses", "requests/s");
        foreach (var group in subjects.Zip(measured).GroupBy(pair => pair.First.Subject.Name))
        {
            List<(double, double)> line = [];
            foreach (var ((count, subject, _), rounds) in group)
            {
                var requests = (double)Math.Max(1, rounds.Sum(one => one.Load.Requests));
                var rates = rounds.ConvertAll(one => one.Load.PerSecond);
                line.Add((count, Math.Max(1, rates.Median())));
                table.Row(subject.Name, $"{count:N0}", rates.Spread("N0"), rounds.ConvertAll(one => one.Load.P99.TotalMilliseconds).Median().Text("0.0"),
                    (rounds.Sum(one => one.ServerTime.TotalMicroseconds) / requests).Text("0.0"), (rounds.Sum(one => one.StoreTime.TotalMicroseconds) / requests).Text("0.0"));
            }

            chart.Line(group.Key, line);
        }

        table.Write();
        chart.Write("growth-addresses.svg");

        int Connections(Subject subject) => subject.Server.IsCounter ? options.Connections : ConnectionsOfTutorial;
    }

    public static async Task ConnectionsAsync(Options options)
    {
        await using var store = await Store.StartAsync(options.Garnet);
        using var counter = await Server.StartCounterAsync(store);
        var subject = new Subject("the counter", counter, store);
        var hello = new Subject("`GET /hello`", counter, store, "/hello");
        await Wrk.RunAsync(counter.Url, options.Connections, 3);

        var measured = s_connections.Select(_ => (Counter: new List<Measurement>(), Hello: new List<Measurement>())).ToArray();
        for (var round = 0; round < options.Number("rounds", 3); round++)
        {
            for (var i = 0; i < s_connections.Length; i++)
            {
                measured[i].Counter.Add(await Measurement.TakeAsync(subject, s_connections[i], options.Seconds));
                measured[i].Hello.Add(await Measurement.TakeAsync(hello, s_connections[i], options.Seconds));
            }
        }

        var table = new Table("growth-connections", $"{options.Number("rounds", 3)} rounds of {options.Seconds} s (medians)",
            "connections", "requests/s", "× `GET /hello`", "p99 ms", "batches/s", "requests in a batch", "CPU µs", "CPU µs of the store", "bytes allocated");
        List<(double, double)> rates = [], hellos = [], batches = [];
        for (var i = 0; i < s_connections.Length; i++)
        {
            var (counted, plain) = measured[i];
            var requests = (double)counted.Sum(one => one.Load.Requests);
            var rate = counted.Select(one => one.Load.PerSecond).Median();
            var perRequest = counted.Sum(one => one.Sent) / requests;
            rates.Add((s_connections[i], rate));
            hellos.Add((s_connections[i], plain.Select(one => one.Load.PerSecond).Median()));
            batches.Add((s_connections[i], rate * perRequest));
            table.Row($"{s_connections[i]:N0}", rate.Text("N0"), (rate / hellos[^1].Item2).Text("0.00"), counted.Select(one => one.Load.P99.TotalMilliseconds).Median().Text("0.0"),
                (rate * perRequest).Text("N0"), (1 / perRequest).Text("0.0"), (counted.Sum(one => one.ServerTime.TotalMicroseconds) / requests).Text("0.0"),
                (counted.Sum(one => one.StoreTime.TotalMicroseconds) / requests).Text("0.0"), (counted.Sum(one => one.Allocated) / requests).Text("0"));
        }

        table.Write();
        var chart = new Chart("Requests per second, and what the store is sent, as the connections become more", "connections", "per second");
        chart.Line("GET /hello", hellos);
        chart.Line("requests counted", rates);
        chart.Line("batches sent to the store", batches);
        chart.Write("growth-connections.svg");
    }

    private static async Task FillAsync(Store store, int count, Func<IDatabase, string[], Task> add)
    {
        foreach (var indexes in Enumerable.Range(0, count).Chunk(5_000))
        {
            await add(store.Database, [.. indexes.Select(Addresses.Name)]);
        }
    }

    /// <summary>Ends what was started, the last first.</summary>
    private sealed class Disposables : IAsyncDisposable
    {
        private readonly Stack<object> _all = [];

        public T Add<T>(T one)
            where T : notnull
        {
            _all.Push(one);
            return one;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var one in _all)
            {
                if (one is IAsyncDisposable asynchronous)
                {
                    await asynchronous.DisposeAsync();
                }
                else
                {
                    (one as IDisposable)?.Dispose();
                }
            }
        }
    }
}
