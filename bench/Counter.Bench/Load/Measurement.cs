using Counter.Bench.Running;

namespace Counter.Bench.Load;

/// <summary>Who is measured under which name.</summary>
internal sealed record Subject(string Name, Server Server, Store Store, string Path = "/");

/// <summary>What a round of load did, and what it took.</summary>
/// <param name="Load">What came back.</param>
/// <param name="ServerTime">Processor time of the server.</param>
/// <param name="StoreTime">Processor time of its store.</param>
/// <param name="Allocated">Bytes that the server allocated.</param>
/// <param name="Sent">Scripts the store was sent: one for each batch.</param>
/// <param name="Executed">Commands the store executed, those inside of scripts among them.</param>
internal sealed record Measurement(Wrk.Result Load, TimeSpan ServerTime, TimeSpan StoreTime, long Allocated, long Sent, long Executed)
{
    public static async Task<Measurement> TakeAsync(Subject subject, int connections, int seconds, string? script = null)
    {
        var before = await ReadAsync(subject);
        var load = await Wrk.RunAsync(subject.Server.Url + subject.Path, connections, seconds, script);
        var after = await ReadAsync(subject);
        return new Measurement(load, after.Server - before.Server, after.Store - before.Store, after.Allocated - before.Allocated, after.Sent - before.Sent, after.Executed - before.Executed);
    }

    private static async Task<(TimeSpan Server, TimeSpan Store, long Allocated, long Sent, long Executed)> ReadAsync(Subject subject)
    {
        var (allocated, _) = await subject.Server.CostAsync();
        var (sent, executed) = await subject.Store.CommandsAsync();
        return (subject.Server.Process.ProcessorTime, subject.Store.Process.ProcessorTime, allocated, sent, executed);
    }
}
