using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CounterService.Counting;

/// <summary>Keeps the counts in Redis, or what speaks its protocol.</summary>
internal sealed partial class RedisCounterStore : ICounterStore
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromMilliseconds(320);

    // Trying again can't help: the store would have to be set up differently.
    private static readonly string[] s_permanentErrors = ["WRONGTYPE", "NOPERM", "NOAUTH", "WRONGPASS", "MISCONF", "OOM", "STALE"];

    private readonly IDatabase _database;
    private readonly StoreSetup _setup;
    private readonly CounterTelemetry _telemetry;
    private readonly CounterMetrics _metrics;
    private readonly ILogger _logger;
    private readonly CounterOptions _options;
    private readonly RedisKey _total;
    private readonly RedisKey _ranking;
    private readonly RedisKey[] _keys;

    public RedisCounterStore(
        IConnectionMultiplexer connection,
        StoreSetup setup,
        CounterTelemetry telemetry,
        CounterMetrics metrics,
        IOptions<CounterOptions> options,
        ILogger<RedisCounterStore> logger)
    {
        _database = connection.GetDatabase();
        _setup = setup;
        _telemetry = telemetry;
        _metrics = metrics;
        _logger = logger;
        _options = options.Value;
        _total = _options.KeyPrefix + "requests";
        _ranking = _options.KeyPrefix + "ip";

        // Each run of the service is a writer of its own, which numbers its batches from 1.
        _keys = [_total, _ranking, $"{_options.KeyPrefix}batch:{Guid.NewGuid():N}", _options.KeyPrefix + "journal"];
    }

    public async Task<BatchCounted> AddAsync(Batch batch, CancellationToken cancellationToken)
    {
        var size = batch.Requests.Count;
        using var span = _telemetry.StartBatch(batch.Sequence, size, batch.Shares.Length);
        RedisValue[]? arguments = null;
        var started = Stopwatch.GetTimestamp();

        for (var delay = s_firstDelay; ; delay = Min(2 * delay, s_longestDelay))
        {
            try
            {
                await _setup.EnsureAsync(cancellationToken);
                arguments ??= Arguments(batch);
                var sent = Stopwatch.GetTimestamp();
                var reply = await _database.ScriptEvaluateAsync(CountingScript.Text, _keys, arguments)
                    .WaitAsync(_options.AttemptTimeout, cancellationToken);
                _metrics.RoundTrip(Stopwatch.GetElapsedTime(sent));
                return Read(reply, size, span?.Context ?? default);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                span?.AddException(exception);
                _setup.Invalidate();
                if (IsPermanent(exception) || Stopwatch.GetElapsedTime(started) + delay >= _options.SettleTimeout)
                {
                    span?.SetStatus(ActivityStatusCode.Error, exception.Message);
                    throw new StoreUnavailableException($"The store did not confirm the batch: {FirstLine(exception.Message)}", exception);
                }

                Log.TryingAgain(_logger, batch.Sequence, size, FirstLine(exception.Message));
                _metrics.Retried();
                await Task.Delay(delay, cancellationToken);
            }
        }
    }

    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var total = _database.StringGetAsync(_total);
            var top = _database.SortedSetRangeByRankWithScoresAsync(_ranking, 0, 9, Order.Descending);
            await Task.WhenAll(total, top).WaitAsync(_options.AttemptTimeout, cancellationToken);
            return new Snapshot(
                (long)await total,
                [.. (await top).Select(entry => new AddressCount(entry.Element.ToString(), (long)entry.Score))]);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new StoreUnavailableException($"The store does not answer: {FirstLine(exception.Message)}", exception);
        }
    }

    private RedisValue[] Arguments(Batch batch)
    {
        var shares = batch.Shares;
        var arguments = new RedisValue[4 + (2 * shares.Length)];
        arguments[0] = batch.Sequence;
        arguments[1] = batch.Requests.Count;
        arguments[2] = _options.MaxAddresses;
        arguments[3] = !_setup.LogsScriptsAsOne;
        for (var i = 0; i < shares.Length; i++)
        {
            arguments[4 + (2 * i)] = shares[i].Address.ToString();
            arguments[5 + (2 * i)] = shares[i].Share;
        }

        return arguments;
    }

    private static BatchCounted Read(RedisResult reply, int size, ActivityContext batch)
    {
        var total = (long)reply[0];
        var counts = (long[])reply[1]!;
        var ranking = (RedisResult[])reply[2]!;
        var top = new AddressCount[ranking.Length / 2];
        for (var i = 0; i < top.Length; i++)
        {
            var score = double.Parse((string)ranking[(2 * i) + 1]!, CultureInfo.InvariantCulture);
            top[i] = new AddressCount((string)ranking[2 * i]!, (long)score);
        }

        return new BatchCounted(new Snapshot(total, top, size, batch), counts);
    }

    private static bool IsPermanent(Exception exception) =>
        exception is RedisServerException && s_permanentErrors.Any(error => exception.Message.StartsWith(error, StringComparison.Ordinal));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // The client's messages carry a page of diagnostics.
    private static string FirstLine(string message) => message.Split(';', '\n')[0];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Batch {Sequence} of {Size} requests is sent again: {Reason}")]
        public static partial void TryingAgain(ILogger logger, long sequence, int size, string reason);
    }
}
