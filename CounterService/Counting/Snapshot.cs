using System.Diagnostics;
using System.Text;

namespace CounterService.Counting;

/// <summary>An address and the number of its requests.</summary>
internal readonly record struct AddressCount(string Address, long Count);

/// <summary>What the store holds after a batch. All requests of the batch share it, and what is rendered from it.</summary>
internal sealed class Snapshot(long total, AddressCount[] top, int batchSize = 0, ActivityContext batch = default)
{
    public static Snapshot Empty { get; } = new(0, []);

    public long Total => total;

    public AddressCount[] Top => top;

    /// <summary>How many requests were counted together.</summary>
    public int BatchSize => batchSize;

    /// <summary>The span of the batch, which the spans of its requests link to.</summary>
    public ActivityContext Batch => batch;

    /// <summary>The end of the tutorial's text: a line per address.</summary>
    public byte[] RankingText => field ??= Encoding.UTF8.GetBytes(string.Concat(top.Select(entry => $"    {entry.Address}: {entry.Count}\n")));
}

/// <summary>The outcome for one request.</summary>
/// <param name="Rejection">Why there is no number, or null.</param>
/// <param name="Number">The request's own number.</param>
/// <param name="Count">Which of its address's requests it is (or of <c>other</c>'s).</param>
/// <param name="CountedAsOther">Whether its address has no count of its own.</param>
/// <param name="Snapshot">What the store holds.</param>
internal readonly record struct Counted(Rejection? Rejection, long Number, long Count, bool CountedAsOther, Snapshot Snapshot)
{
    public static Counted Rejected(Rejection rejection) => new(rejection, 0, 0, false, Snapshot.Empty);
}

/// <summary>Why a request was not given a number.</summary>
internal enum Rejection
{
    /// <summary>Too many requests wait already. It was not counted.</summary>
    QueueFull,

    /// <summary>The service is stopping. It was not counted.</summary>
    Stopping,

    /// <summary>The store did not confirm in time. It was counted once or not at all.</summary>
    StoreUnavailable,
}
