namespace Scale.Simulation;

/// <summary>What is assumed. The costs of the store are measured: <c>bench/Counter.Bench -- store</c>.</summary>
/// <param name="Replicas">Replicas of the service. A load balancer spreads the requests evenly over them.</param>
/// <param name="Shards">Stores. A replica uses one of them, as a key prefix of its own would make it.</param>
/// <param name="RequestsPerSecond">Arrivals, Poisson.</param>
/// <param name="Addresses">How many addresses send, all as often.</param>
/// <param name="Combining">False: each request is a script of its own, and a replica may have any number of them under way.</param>
internal sealed record Model(int Replicas, int Shards, double RequestsPerSecond, double Addresses, bool Combining = true)
{
    /// <summary>Seconds that the store's one thread takes for a batch, whatever is in it.</summary>
    public double BatchCost { get; init; } = 19.2e-6;

    /// <summary>Seconds that it takes for each different address in the batch.</summary>
    public double AddressCost { get; init; } = 2.84e-6;

    /// <summary>Seconds between replica and store and back, with what the replica does to send a batch and to answer its requests.</summary>
    public double RoundTrip { get; init; } = 500e-6;

    /// <summary>Requests that may wait in a replica; more are refused with 503 (<c>Counter:MaxQueue</c>).</summary>
    public int MaxQueue { get; init; } = 10_000;

    /// <summary>Seconds that are simulated, after as many in which the queues fill.</summary>
    public double Duration { get; init; } = 15;

    /// <summary>How many different addresses there are among so many requests, on average.</summary>
    public double Different(double requests) => Addresses * (1 - Math.Exp(-requests / Addresses));
}
