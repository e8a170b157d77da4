using System.Diagnostics;
using System.Runtime.CompilerServices;
using CounterService.Answers;
using CounterService.Counting;
using Microsoft.Extensions.Options;

namespace CounterService.Live;

/// <summary>Reads the store once per second, for all live pages together, and never counts.</summary>
internal sealed partial class LiveFeed(
    ICounterStore store,
    RateHistory history,
    IOptions<CounterOptions> options,
    IHostApplicationLifetime lifetime,
    ILogger<LiveFeed> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private volatile TaskCompletionSource<LiveAnswer> _next = NewSource();
    private int _pages;

    /// <summary>Takes a place among the live pages, or returns false when all are taken.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _pages) <= options.Value.MaxLive)
        {
            return true;
        }

        Interlocked.Decrement(ref _pages);
        return false;
    }

    /// <summary>What a page is told, until it or the service goes away.</summary>
    public async IAsyncEnumerable<LiveAnswer> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            while (!end.IsCancellationRequested)
            {
                LiveAnswer answer;
                try
                {
                    answer = await _next.Task.WaitAsync(end.Token);
                }
                catch (OperationCanceledException)
                {
                    yield break;
                }

                yield return answer;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _pages);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A span that is not recorded: the reading of every second would bury the traces of the requests.
        using var silence = new Activity("live") { IsAllDataRequested = false }.Start();

        using var timer = new PeriodicTimer(s_interval);
        var last = (Total: -1L, Time: 0L);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                last = await TickAsync(last, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task<(long Total, long Time)> TickAsync((long Total, long Time) last, CancellationToken cancellationToken)
    {
        Snapshot snapshot;
        try
        {
            snapshot = await store.ReadAsync(cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            Log.Unavailable(logger, exception.Message);
            history.Add(0);
            return last;
        }

        var now = Stopwatch.GetTimestamp();
        var rate = last.Total < 0 ? 0 : Math.Max(0, snapshot.Total - last.Total) / Stopwatch.GetElapsedTime(last.Time, now).TotalSeconds;
        history.Add(rate);
        Interlocked.Exchange(ref _next, NewSource()).SetResult(new LiveAnswer(snapshot.Total, Math.Round(rate, 1), snapshot.Top));
        return (snapshot.Total, now);
    }

    private static TaskCompletionSource<LiveAnswer> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The live pages wait: {Reason}")]
        public static partial void Unavailable(ILogger logger, string reason);
    }
}
