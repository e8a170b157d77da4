using System.Threading.Tasks.Sources;
using Microsoft.Extensions.ObjectPool;

namespace CounterService.Counting;

/// <summary>A request that waits for its number. It returns to its pool when the outcome is taken, so a value task is awaited once.</summary>
internal sealed class PendingCount(ObjectPool<PendingCount> pool) : IValueTaskSource<Counted>
{
    // The answer is written on a thread of the pool, never on the one that reads from the store.
    private ManualResetValueTaskSourceCore<Counted> _source = new() { RunContinuationsAsynchronously = true };

    public Address Address { get; set; }

    /// <summary>Which of the batch's addresses it is.</summary>
    public int AddressIndex { get; set; }

    /// <summary>Which of its address's requests in the batch it is, from 1.</summary>
    public int OrdinalOfAddress { get; set; }

    public ValueTask<Counted> Task => new(this, _source.Version);

    public void Complete(in Counted outcome) => _source.SetResult(outcome);

    Counted IValueTaskSource<Counted>.GetResult(short token)
    {
        var outcome = _source.GetResult(token);
        _source.Reset();
        pool.Return(this);
        return outcome;
    }

    ValueTaskSourceStatus IValueTaskSource<Counted>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<Counted>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>Makes pools of a bounded size.</summary>
    public sealed class Policy : PooledObjectPolicy<PendingCount>
    {
        private ObjectPool<PendingCount>? _pool;

        public static ObjectPool<PendingCount> CreatePool(int maximumRetained)
        {
            var policy = new Policy();
            return policy._pool = new DefaultObjectPool<PendingCount>(policy, maximumRetained);
        }

        public override PendingCount Create() => new(_pool!);

        public override bool Return(PendingCount obj) => true;
    }
}
