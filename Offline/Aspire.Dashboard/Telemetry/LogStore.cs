namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// The newest log records. Reading copies the references under the lock, a few microseconds, and does everything else outside of it:
/// open pages don't slow the receivers.
/// </summary>
public sealed class LogStore
{
    private readonly TelemetryLimits _limits;
    private readonly Lock _lock = new();
    private readonly Queue<LogRecord> _records = new();
    private long _sequence;
    private long _received;
    private long _evicted;
    private long _refused;
    private long _cleared;
    private long _refusedRequests;
    private long _lost;
    private long _bytes;

    internal LogStore(TelemetryLimits limits) => _limits = limits;

    /// <summary>Changes with every batch that arrives and with every removal.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>What became of everything that was sent.</summary>
    public SignalAccount GetAccount()
    {
        lock (_lock)
        {
            return new(TelemetrySignal.Logs, _received, _records.Count, _evicted, _refused, 0, _cleared, Interlocked.Read(ref _lost), Interlocked.Read(ref _refusedRequests), _bytes);
        }
    }

    /// <summary>The matching records, newest up to the limit, oldest first.</summary>
    public LogPage Query(LogQuery query)
    {
        var all = Snapshot(out var lastSequence);
        List<LogRecord> newestFirst = [];
        var total = 0;
        for (var i = all.Length - 1; i >= 0 && all[i].Sequence > query.AfterSequence; i--)
        {
            if (Matches(all[i], query))
            {
                total++;
                if (total > query.Skip && newestFirst.Count < query.Limit)
                {
                    newestFirst.Add(all[i]);
                }
            }
        }

        newestFirst.Reverse();
        return new(newestFirst, total, lastSequence);
    }

    /// <summary>The record of that sequence, or null when it is gone.</summary>
    public LogRecord? Find(long sequence)
    {
        lock (_lock)
        {
            foreach (var record in _records)
            {
                if (record.Sequence == sequence)
                {
                    return record;
                }
            }
        }

        return null;
    }

    /// <summary>The names of attributes that kept records carry, in alphabetical order: what filters offer.</summary>
    public IReadOnlyList<string> GetAttributeNames(int limit = 500)
    {
        var all = GetAll();
        HashSet<string> names = [];
        for (var i = all.Length - 1; i >= 0 && names.Count < limit; i--)
        {
            foreach (var attribute in all[i].Attributes.AsSpan())
            {
                names.Add(attribute.Key);
            }
        }

        return [.. names.Order(StringComparer.OrdinalIgnoreCase).Take(limit)];
    }

    /// <summary>Removes the records of a resource, or all of them.</summary>
    public void Clear(string? resource = null)
    {
        lock (_lock)
        {
            for (var left = _records.Count; left > 0; left--)
            {
                var record = _records.Dequeue();
                if (resource is null || ResourceRegistry.Matches(record.Resource, resource))
                {
                    Forget(record);
                    _cleared++;
                }
                else
                {
                    _records.Enqueue(record);
                }
            }
        }

        Changes.Changed();
    }

    internal void Add(List<LogRecord> batch, int refused)
    {
        lock (_lock)
        {
            _received += batch.Count + refused;
            _refused += refused;
            foreach (var record in batch)
            {
                record.Sequence = ++_sequence;
                record.Resource.AddLogs(1);
                _bytes += record.Bytes;
                _records.Enqueue(record);
                while (_records.Count > _limits.MaxLogCount || (_bytes > _limits.MaxLogBytes && _records.Count > 0))
                {
                    Forget(_records.Dequeue());
                    _evicted++;
                }
            }
        }

        Changes.Changed();
    }

    internal void CountRefusedRequest() => Interlocked.Increment(ref _refusedRequests);

    internal void CountLost(long count) => Interlocked.Add(ref _lost, count);

    internal LogRecord[] GetAll() => Snapshot(out _);

    private static bool Matches(LogRecord record, LogQuery query)
    {
        if ((query.MinimumSeverity > LogSeverity.Unspecified && record.Severity < query.MinimumSeverity)
            || (query.TraceId is { } traceId && record.TraceId != traceId)
            || (query.SpanId is { } spanId && record.SpanId != spanId)
            || !ResourceRegistry.MatchesAny(record.Resource, query.Resources)
            || (!string.IsNullOrEmpty(query.Text) && !record.Message.Contains(query.Text, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        foreach (var filter in query.Filters)
        {
            if (!filter.Matches(record))
            {
                return false;
            }
        }

        return true;
    }

    private LogRecord[] Snapshot(out long lastSequence)
    {
        lock (_lock)
        {
            lastSequence = _sequence;
            return [.. _records];
        }
    }

    private void Forget(LogRecord record)
    {
        _bytes -= record.Bytes;
        record.Resource.AddLogs(-1);
    }
}
