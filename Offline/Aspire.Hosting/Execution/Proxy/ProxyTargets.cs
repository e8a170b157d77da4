using System.Collections.Immutable;
using System.Net;

namespace Aspire.Hosting.Execution;

/// <summary>The instances behind a proxy: who is there now, and a way to wait until somebody is.</summary>
internal sealed class ProxyTargets
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableArray<IPEndPoint> _targets = [];

    public void Add(IPEndPoint target) => Change(targets => targets.Contains(target) ? targets : targets.Add(target));

    public void Remove(IPEndPoint target) => Change(targets => targets.Remove(target));

    /// <summary>A random instance, waiting for one if there is none.</summary>
    public async ValueTask<IPEndPoint> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_targets.Length > 0)
                {
                    return _targets[Random.Shared.Next(_targets.Length)];
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Change(Func<ImmutableArray<IPEndPoint>, ImmutableArray<IPEndPoint>> change)
    {
        lock (_gate)
        {
            _targets = change(_targets);
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
