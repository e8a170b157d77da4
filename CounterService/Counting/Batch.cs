using System.Runtime.InteropServices;

namespace CounterService.Counting;

/// <summary>The requests that one round trip counts, in the order of their arrival, and each address's share of them.</summary>
internal sealed class Batch
{
    /// <summary>How many requests are answered one after the other by one thread.</summary>
    private const int ChainLength = 8;

    private readonly Dictionary<Address, int> _indexes = [];
    private readonly List<(Address Address, int Share)> _shares = [];

    /// <summary>Numbers the writer's batches, from 1.</summary>
    public long Sequence { get; private set; }

    public List<PendingCount> Requests { get; } = [];

    public ReadOnlySpan<(Address Address, int Share)> Shares => CollectionsMarshal.AsSpan(_shares);

    public void Prepare(long sequence)
    {
        Sequence = sequence;
        _indexes.Clear();
        _shares.Clear();
        foreach (var request in Requests)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_indexes, request.Address, out var known);
            if (!known)
            {
                index = _shares.Count;
                _shares.Add((request.Address, 0));
            }

            ref var share = ref CollectionsMarshal.AsSpan(_shares)[index];
            request.AddressIndex = index;
            request.OrdinalOfAddress = ++share.Share;
        }
    }

    /// <summary>Gives each request its number out of the range that the batch was given.</summary>
    public void Complete(BatchCounted counted)
    {
        var number = counted.Snapshot.Total - Requests.Count;
        Settle(request =>
        {
            var after = counted.AddressCounts[request.AddressIndex];
            var count = Math.Abs(after) - _shares[request.AddressIndex].Share + request.OrdinalOfAddress;
            return new Counted(null, ++number, count, after < 0, counted.Snapshot);
        });
    }

    public void Reject(Rejection rejection) => Settle(_ => Counted.Rejected(rejection));

    /// <summary>Leaves the answers to threads of the pool: this one has the next batch to send.</summary>
    private void Settle(Func<PendingCount, Counted> outcome)
    {
        var requests = CollectionsMarshal.AsSpan(Requests);
        for (var i = 0; i < requests.Length; i++)
        {
            requests[i].Settle(outcome(requests[i]), (i + 1) % ChainLength == 0 || i + 1 == requests.Length ? null : requests[i + 1]);
        }

        for (var i = 0; i < requests.Length; i += ChainLength)
        {
            ThreadPool.UnsafeQueueUserWorkItem(requests[i], preferLocal: false);
        }

        Requests.Clear();
    }
}

/// <summary>The store's answer to a batch.</summary>
/// <param name="Snapshot">What it holds now.</param>
/// <param name="AddressCounts">The count of each address of the batch; negative when it is that of <c>other</c>.</param>
internal sealed record BatchCounted(Snapshot Snapshot, long[] AddressCounts);
