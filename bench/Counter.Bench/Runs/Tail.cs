using System.Diagnostics;
using Counter.Bench.Load;
using Counter.Bench.Report;
using Counter.Bench.Running;

namespace Counter.Bench.Runs;

/// <summary>The latencies at half of what the counter can do, asked at a constant rate.</summary>
internal static class Tail
{
    public static async Task RunAsync(Options options)
    {
        await using var store = await Store.StartAsync(options.Garnet);
        using var counter = await Server.StartCounterAsync(store);
        await Wrk.RunAsync(counter.Url, 64, 3);
        var most = (await Wrk.RunAsync(counter.Url, 64, 3)).PerSecond;
        var rate = options.Number("rate", (int)(most / 2));
        var duration = TimeSpan.FromSeconds(options.Number("seconds", 10));
        var table = new Table("tail", $"{rate:N0} requests/s, half of {most:N0}; {options.Number("rounds", 3)} rounds of {duration.TotalSeconds} s; latency from when a request was due, ms",
            "path", "requests", "50 %", "90 %", "99 %", "99.9 %", "99.99 %", "longest");

        await ConstantRate.RunAsync(new Uri(counter.Url + "/"), rate, TimeSpan.FromSeconds(1));
        for (var round = 1; round <= options.Number("rounds", 3); round++)
        {
            foreach (var path in new[] { "/hello", "/" })
            {
                var latencies = await ConstantRate.RunAsync(new Uri(counter.Url + path), rate, duration);
                string At(double share) => (latencies[Math.Min(latencies.Length - 1, (int)(latencies.Length * share))] * 1_000.0 / Stopwatch.Frequency).Text("0.00");
                table.Row($"`GET {path}`", $"{latencies.Length:N0}", At(0.5), At(0.9), At(0.99), At(0.999), At(0.9999), At(1));
            }
        }

        table.Write();
    }
}
