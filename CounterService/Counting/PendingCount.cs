using System.Threading.Tasks.Sources;
using Microsoft.Extensions.ObjectPool;

namespace CounterService.Counting;

/// <summary>
/// A request that waits for its number. It returns to its pool when the outcome is taken, so a value task is awaited once. A settled request is a
/// work item, which answers those chained to it as well: a thread that is woken for each answer costs more than the answer.
/// </summary>
internal sealed class PendingCount(ObjectPool<PendingCount> pool) : IValueTaskSource<Counted>, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<Counted> _source;
    private Counted _outcome;
    private PendingCount? _next;

    public Address Address { get; set; }

    /// <summary>Which of the batch's addresses it is.</summary>
    public int AddressIndex { get; set; }

    /// <summary>Which of its address's requests in the batch it is, from 1.</summary>
    public int OrdinalOfAddress { get; set; }

    public ValueTask<Counted> Task => new(this, _source.Version);

    /// <summary>Completes the task at once. What waits for it goes on within this call.</summary>
    public void Complete(in Counted outcome) => _source.SetResult(outcome);

    /// <summary>Keeps the outcome for <see cref="IThreadPoolWorkItem.Execute"/>, which then goes on with the other.</summary>
    public void Settle(in Counted outcome, PendingCount? next)
    {
        _outcome = outcome;
        _next = next;
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var request = this; request is not null;)
        {
            // Read before it is completed: then it is someone else's.
            var (outcome, next) = (request._outcome, request._next);
            request._next = null;
            request.Complete(outcome);
            request = next;
        }
    }

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
