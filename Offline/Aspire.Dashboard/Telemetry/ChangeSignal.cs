namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// Wakes those who wait for a newer version. Costs the writer an increment and, only when someone waits, one completed task;
/// any number of changes while nobody waits are one change.
/// </summary>
public sealed class ChangeSignal
{
    private TaskCompletionSource? _waiters;
    private long _version;

    /// <summary>Grows with every change.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Completes, with the version there is then, as soon as it is beyond <paramref name="seen"/>.</summary>
    public async Task<long> WaitAsync(long seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            var waiter = Volatile.Read(ref _waiters);
            if (waiter is null)
            {
                var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiter = Interlocked.CompareExchange(ref _waiters, mine, null) ?? mine;
            }

            // Looked at after the waiter is in place: a change before this line is seen, one after it wakes the waiter.
            var version = Interlocked.Read(ref _version);
            if (version > seen)
            {
                return version;
            }

            await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal void Changed()
    {
        Interlocked.Increment(ref _version);
        if (Volatile.Read(ref _waiters) is not null)
        {
            Interlocked.Exchange(ref _waiters, null)?.TrySetResult();
        }
    }
}
