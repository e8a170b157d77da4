using System.Globalization;
using Counter.Bench.Report;
using Scale.Simulation;

// dotnet run -c Release --project bench/Scale.Simulation [BATCH_MICROSECONDS ADDRESS_MICROSECONDS]
// Simulates 100 replicas with 5,000,000 requests/s against one shard and against many, and what the store is asked as the load grows.
// The model is in Model.cs; docs/scale.md explains it. The tables and the charts go to artifacts/bench/ as well.
var costs = args.Select(value => double.Parse(value, CultureInfo.InvariantCulture) / 1e6).ToArray();
Model With(Model model) => costs is [var batch, var address] ? model with { BatchCost = batch, AddressCost = address } : model;

const double Target = 5_000_000;
double[] populations = [1, 1_000, 100_000, 100_000_000];
int[] shards = [1, 2, 4, 8, 16, 32, 64];
var defaults = With(new Model(1, 1, 1, 1));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"A batch takes the store {defaults.BatchCost * 1e6:0.#} µs, each address in it {defaults.AddressCost * 1e6:0.##} µs, the way there and back {defaults.RoundTrip * 1e6:0} µs.\n"));

var many = new Table("scale-shards", "100 replicas, 5,000,000 requests/s",
    "addresses", "shards", "counted/s", "refused", "batches/s and shard", "shard busy", "requests in a batch", "50 % ms", "99 % ms", "counted/s without combining");
var shares = new Chart("Counted per second of 5,000,000, by shards", "shards", "per second");
foreach (var addresses in populations)
{
    List<(double, double)> line = [];
    foreach (var count in shards)
    {
        var model = With(new Model(100, count, Target, addresses));
        var outcome = new Simulator(model).Run();
        line.Add((count, outcome.Counted));
        many.Row($"{addresses:N0}", $"{count}", $"{outcome.Counted:N0}", $"{outcome.Refused / Target:P0}", $"{outcome.Batches:N0}", $"{outcome.Busy:P0}",
            $"{outcome.BatchSize:N0}", (outcome.Median * 1e3).Text("0.0"), (outcome.P99 * 1e3).Text("0.0"), $"{Math.Min(Target, Simulator.MostWithoutCombining(model)):N0}");
    }

    shares.Line($"{addresses:N0} address{(addresses == 1 ? "" : "es")}", line);
}

many.Write();
shares.Write("scale-shards.svg");

var load = new Table("scale-load", "One shard, 1,000 addresses: what it is asked as the load grows", "replicas", "requests/s", "batches/s", "shard busy", "99 % ms");
var lines = new Chart("Scripts per second at one shard, by requests per second", "requests/s", "scripts/s");
double[] rates = [100, 1_000, 10_000, 100_000, 1_000_000, 5_000_000];
lines.Line("without combining", [.. rates.Select(rate => (rate, rate))]);
foreach (var replicas in new[] { 100, 10, 1 })
{
    List<(double, double)> line = [];
    foreach (var rate in rates)
    {
        var outcome = new Simulator(With(new Model(replicas, 1, rate, 1_000))).Run();
        line.Add((rate, Math.Max(1, outcome.Batches)));
        load.Row($"{replicas}", $"{rate:N0}", $"{outcome.Batches:N0}", $"{outcome.Busy:P0}", (outcome.P99 * 1e3).Text("0.0"));
    }

    lines.Line($"{replicas} replica{(replicas == 1 ? "" : "s")}", line);
}

load.Write();
lines.Write("scale-load.svg");
