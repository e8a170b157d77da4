using System.Threading.Channels;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;

namespace CounterService.Counting;

/// <summary>
/// Counts requests together: one batch is under way to the store, and what arrives meanwhile makes up the next. So the number of round trips
/// depends on how fast the store answers, not on how many requests there are.
/// </summary>
internal sealed partial class Combiner : BackgroundService
{
    private const int RetainedRequests = 2_048;

    private readonly ICounterStore _store;
    private readonly CounterMetrics _metrics;
    private readonly ILogger _logger;
    private readonly int _maxQueue;
    private readonly ObjectPool<PendingCount> _pool = PendingCount.Policy.CreatePool(RetainedRequests);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(1);

    // Guards the batch that is filling and the two flags.
    private readonly Lock _lock = new();
    private Batch _filling = new();
    private bool _idle = true;
    private bool _stopping;

    private volatile Snapshot _latest = Snapshot.Empty;

    public Combiner(ICounterStore store, CounterMetrics metrics, IOptions<CounterOptions> options, ILogger<Combiner> logger)
    {
        _store = store;
        _metrics = metrics;
        _logger = logger;
        _maxQueue = options.Value.MaxQueue;
        metrics.Observe(this);
    }

    /// <summary>What the store held after the last batch.</summary>
    public Snapshot Latest => _latest;

    public int QueueLength
    {
        get
        {
            lock (_lock)
            {
                return _filling.Requests.Count;
            }
        }
    }

    /// <summary>Counts a request. The task must be awaited, and once.</summary>
    public ValueTask<Counted> CountAsync(Address address)
    {
        var request = _pool.Get();
        request.Address = address;
        var task = request.Task;

        Rejection? rejection = null;
        var wake = false;
        lock (_lock)
        {
            if (_stopping)
            {
                rejection = Rejection.Stopping;
            }
            else if (_filling.Requests.Count >= _maxQueue)
            {
                rejection = Rejection.QueueFull;
            }
            else
            {
                _filling.Requests.Add(request);
                wake = _idle;
                _idle = false;
            }
        }

        if (rejection is { } reason)
        {
            _metrics.Rejected(reason, 1);
            request.Complete(Counted.Rejected(reason));
        }
        else if (wake)
        {
            _wake.Writer.TryWrite(true);
        }

        return task;
    }

    /// <summary>Counts what waits, then ends. The web server has stopped before, so nothing more comes.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _stopping = true;
        }

        _wake.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var spare = new Batch();
        var sequence = 0L;
        await foreach (var _ in _wake.Reader.ReadAllAsync(CancellationToken.None))
        {
            while (TryTake(ref spare))
            {
                spare.Prepare(++sequence);
                await SettleAsync(spare, stoppingToken);

                // Behind the answers to this batch and the requests that wait for a thread: so those come along with the next one.
                await Task.Yield();
            }
        }
    }

    /// <summary>Exchanges the batch that was filling for the empty one.</summary>
    private bool TryTake(ref Batch batch)
    {
        lock (_lock)
        {
            if (_filling.Requests.Count == 0)
            {
                _idle = true;
                return false;
            }

            (batch, _filling) = (_filling, batch);
            return true;
        }
    }

    private async Task SettleAsync(Batch batch, CancellationToken cancellationToken)
    {
        var size = batch.Requests.Count;
        try
        {
            var counted = await _store.AddAsync(batch, cancellationToken);
            _latest = counted.Snapshot;
            _metrics.Counted(size);
            batch.Complete(counted);
        }
        catch (Exception exception)
        {
            // Whatever went wrong, the requests get their answer and the next batch its chance.
            Log.BatchUnsettled(_logger, size, exception.Message, exception);
            _metrics.Rejected(Rejection.StoreUnavailable, size);
            batch.Reject(Rejection.StoreUnavailable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A batch of {Size} requests was not confirmed: {Reason}")]
        public static partial void BatchUnsettled(ILogger logger, int size, string reason, Exception exception);
    }
}
