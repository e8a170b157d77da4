namespace Scale.Simulation;

/// <summary>What came of a run.</summary>
/// <param name="Counted">Requests counted per second.</param>
/// <param name="Refused">Requests refused per second.</param>
/// <param name="Batches">Batches per second at each shard.</param>
/// <param name="Busy">The share of its time that a shard's thread works.</param>
/// <param name="BatchSize">Requests in a batch.</param>
/// <param name="Median">The latency of a request that half stay below, in seconds.</param>
/// <param name="P99">The latency that 99 % stay below, in seconds.</param>
internal sealed record Outcome(double Counted, double Refused, double Batches, double Busy, double BatchSize, double Median, double P99);

/// <summary>
/// Event by event: a replica has one batch under way to its shard, which serves batches one after the other; what arrives at the replica meanwhile
/// is its next batch.
/// </summary>
internal sealed class Simulator(Model model, int seed = 1)
{
    private readonly Random _random = new(seed);

    public Outcome Run()
    {
        var (warm, end) = (model.Duration, 2 * model.Duration);
        var perReplica = model.RequestsPerSecond / model.Replicas;
        var free = new double[model.Shards];
        var left = new double[model.Replicas];
        PriorityQueue<(int Replica, long Size, double Since, double Sent), double> arrivals = new();
        List<(double Latency, double Weight)> latencies = [];
        double counted = 0, refused = 0, batches = 0, busy = 0;

        for (var replica = 0; replica < model.Replicas; replica++)
        {
            Send(replica, at: _random.NextDouble() * model.RoundTrip);
        }

        while (arrivals.TryDequeue(out var batch, out var arrived) && arrived < end)
        {
            var shard = batch.Replica % model.Shards;
            var cost = model.BatchCost + (model.AddressCost * model.Different(batch.Size));
            var done = Math.Max(arrived, free[shard]) + cost;
            free[shard] = done;
            var answered = done + (model.RoundTrip / 2);
            if (answered > warm && answered <= end)
            {
                counted += batch.Size;
                batches++;
                busy += cost;
                for (var sample = 0; sample < 4; sample++)
                {
                    // Its requests came at any time since the batch before it was sent.
                    latencies.Add((answered - batch.Since - (_random.NextDouble() * (batch.Sent - batch.Since)), batch.Size / 4.0));
                }
            }

            Send(batch.Replica, answered);
        }

        return new Outcome(counted / model.Duration, refused / model.Duration, batches / model.Duration / model.Shards, busy / model.Duration / model.Shards,
            counted / Math.Max(1, batches), Quantile(latencies, 0.5), Quantile(latencies, 0.99));

        void Send(int replica, double at)
        {
            var since = left[replica];
            var waiting = Poisson(perReplica * (at - since));
            if (waiting == 0)
            {
                // The next request to come is sent at once, alone.
                at -= Math.Log(1 - _random.NextDouble()) / perReplica;
                since = at;
                waiting = 1;
            }

            left[replica] = at;
            var size = Math.Min(waiting, model.MaxQueue);
            refused += at > warm && at <= end ? waiting - size : 0;
            arrivals.Enqueue((replica, size, since, at), at + (model.RoundTrip / 2));
        }
    }

    /// <summary>What one script for each request could do at most: the shards' threads do nothing else.</summary>
    public static double MostWithoutCombining(Model model) => model.Shards / (model.BatchCost + model.AddressCost);

    private static double Quantile(List<(double Latency, double Weight)> latencies, double share)
    {
        latencies.Sort();
        var left = latencies.Sum(one => one.Weight) * share;
        foreach (var (latency, weight) in latencies)
        {
            if ((left -= weight) <= 0)
            {
                return latency;
            }
        }

        return 0;
    }

    private long Poisson(double mean)
    {
        if (mean > 50)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
            return Math.Max(0, (long)Math.Round(mean + (Math.Sqrt(mean) * normal)));
        }

        var count = 0L;
        for (var product = _random.NextDouble(); product > Math.Exp(-mean); product *= _random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
