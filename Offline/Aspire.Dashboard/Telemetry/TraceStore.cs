using System.Runtime.InteropServices;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// The newest traces, in the order their first span arrived. Reading copies the references under the lock and does everything else
/// outside of it; a <see cref="Trace"/> can be read while it grows.
/// </summary>
public sealed class TraceStore
{
    private readonly TelemetryLimits _limits;
    private readonly PeerResolver? _peers;
    private readonly Lock _lock = new();
    private readonly Dictionary<TraceId, Trace> _byId = [];
    private readonly Queue<Trace> _traces = new();
    private long _sequence;
    private long _received;
    private long _requests;
    private long _kept;
    private long _evicted;
    private long _refused;
    private long _duplicates;
    private long _cleared;
    private long _refusedRequests;
    private long _lost;
    private long _bytes;

    internal TraceStore(TelemetryLimits limits, PeerResolver? peers)
    {
        _limits = limits;
        _peers = peers;
    }

    /// <summary>Changes with every batch that arrives and with every removal.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>How many traces are kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _traces.Count;
            }
        }
    }

    /// <summary>How many requests were received: spans of the kind <see cref="SpanKind.Server"/>, each once, whether they are still kept or not.</summary>
    public long RequestsReceived => Interlocked.Read(ref _requests);

    /// <summary>What became of all spans that were sent.</summary>
    public SignalAccount GetAccount()
    {
        lock (_lock)
        {
            return new(TelemetrySignal.Traces, _received, _kept, _evicted, _refused, _duplicates, _cleared, Interlocked.Read(ref _lost), Interlocked.Read(ref _refusedRequests), _bytes);
        }
    }

    /// <summary>The trace of that id, or null.</summary>
    public Trace? Find(TraceId traceId)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(traceId);
        }
    }

    /// <summary>The matching traces, newest first, up to the limit.</summary>
    public TracePage Query(TraceQuery query)
    {
        var all = Snapshot(out var lastSequence);
        var starts = new ulong[all.Length];
        var durations = new long[all.Length];
        var matches = 0;
        long longest = 0;
        for (var i = 0; i < all.Length; i++)
        {
            var trace = all[i];
            if (Matches(trace, query))
            {
                var duration = trace.Duration.Ticks;
                longest = Math.Max(longest, duration);
                durations[matches] = duration;
                starts[matches] = ulong.MaxValue - trace.StartUnixNano;
                all[matches++] = trace;
            }
        }

        Array.Sort(starts, all, 0, matches);
        var skip = Math.Clamp(query.Skip, 0, matches);
        var items = all.AsSpan(skip, Math.Clamp(query.Limit, 0, matches - skip)).ToArray();
        return new(items, matches, new(longest), durations.AsSpan(0, matches).ToArray(), lastSequence);
    }

    /// <summary>The matching spans, newest up to the limit, in the order they arrived.</summary>
    public SpanPage QuerySpans(SpanQuery query)
    {
        var all = Snapshot(out var lastSequence);
        List<Span> matches = [];
        for (var i = 0; i < all.Length; i++)
        {
            var trace = all[i];
            if (trace.LastSequence <= query.AfterSequence || (query.TraceId is { } traceId && trace.TraceId != traceId))
            {
                continue;
            }

            foreach (var span in trace.SpansAsArrived)
            {
                if (Matches(span, query))
                {
                    matches.Add(span);
                }
            }
        }

        matches.Sort(static (x, y) => x.Sequence.CompareTo(y.Sequence));
        var skip = Math.Max(0, matches.Count - query.Limit);
        return new(matches.GetRange(skip, matches.Count - skip), matches.Count, lastSequence);
    }

    /// <summary>The spans with a link to that trace, or to that span of it: the other direction of <see cref="Span.Links"/>.</summary>
    public IReadOnlyList<Span> GetBackLinks(TraceId traceId, SpanId? spanId = null, int limit = 1_000)
    {
        var all = GetAll();
        List<Span> found = [];
        for (var i = all.Length - 1; i >= 0 && found.Count < limit; i--)
        {
            foreach (var span in all[i].SpansAsArrived)
            {
                foreach (var link in span.Links)
                {
                    if (link.TraceId == traceId && (spanId is null || link.SpanId == spanId) && found.Count < limit)
                    {
                        found.Add(span);
                        break;
                    }
                }
            }
        }

        return found;
    }

    /// <summary>The names of attributes that kept spans carry, in alphabetical order: what filters offer.</summary>
    public IReadOnlyList<string> GetAttributeNames(int limit = 500)
    {
        var all = GetAll();
        HashSet<string> names = [];
        for (var i = all.Length - 1; i >= 0 && names.Count < limit; i--)
        {
            foreach (var span in all[i].SpansAsArrived)
            {
                foreach (var attribute in span.Attributes.AsSpan())
                {
                    names.Add(attribute.Key);
                }
            }
        }

        return [.. names.Order(StringComparer.OrdinalIgnoreCase).Take(limit)];
    }

    /// <summary>Who calls whom, from the spans of the matching traces.</summary>
    public ServiceMap GetServiceMap(TraceQuery query)
    {
        var traces = Query(query with { Skip = 0, Limit = int.MaxValue }).Items;
        return ServiceMap.From(traces, _peers);
    }

    /// <summary>Removes the traces in which a resource took part, or all of them.</summary>
    public void Clear(string? resource = null)
    {
        lock (_lock)
        {
            for (var left = _traces.Count; left > 0; left--)
            {
                var trace = _traces.Dequeue();
                if (resource is null || Involves(trace, [resource]))
                {
                    _cleared += Forget(trace);
                }
                else
                {
                    _traces.Enqueue(trace);
                }
            }
        }

        Changes.Changed();
    }

    internal void Add(List<Span> batch, int refused)
    {
        lock (_lock)
        {
            _received += batch.Count + refused;
            _refused += refused;
            foreach (var span in batch)
            {
                Add(span);
            }
        }

        Changes.Changed();
    }

    internal void CountRefusedRequest() => Interlocked.Increment(ref _refusedRequests);

    internal void CountLost(long count) => Interlocked.Add(ref _lost, count);

    internal Trace[] GetAll() => Snapshot(out _);

    private void Add(Span span)
    {
        ref var trace = ref CollectionsMarshal.GetValueRefOrAddDefault(_byId, span.TraceId, out _);
        if (trace is null)
        {
            trace = new(span.TraceId);
            _traces.Enqueue(trace);
        }

        span.Sequence = _sequence + 1;
        if (!trace.TryAdd(span))
        {
            // An exporter that got no answer sends a batch again.
            _duplicates++;
            return;
        }

        _sequence++;
        _kept++;
        _requests += span.Kind is SpanKind.Server ? 1 : 0;
        _bytes += span.Bytes;
        span.Resource.AddSpans(1);
        while (_traces.Count > _limits.MaxTraceCount || (_bytes > _limits.MaxTraceBytes && _traces.Count > 0))
        {
            _evicted += Forget(_traces.Dequeue());
        }
    }

    /// <summary>Returns how many spans went.</summary>
    private int Forget(Trace trace)
    {
        _byId.Remove(trace.TraceId);
        foreach (var span in trace.SpansAsArrived)
        {
            span.Resource.AddSpans(-1);
        }

        _bytes -= trace.Bytes;
        _kept -= trace.SpanCount;
        return trace.SpanCount;
    }

    private bool Matches(Trace trace, TraceQuery query)
    {
        if (trace.LastSequence <= query.AfterSequence
            || (query.HasError is { } hasError && trace.HasError != hasError)
            || (query.MinimumDuration is { } least && trace.Duration < least)
            || (query.MaximumDuration is { } most && trace.Duration > most)
            || (query.From is { } from && trace.StartTime < from)
            || (query.To is { } to && trace.StartTime >= to)
            || (query.Resources.Count > 0 && !Involves(trace, query.Resources))
            || (!string.IsNullOrEmpty(query.Text) && !MatchesText(trace, query.Text)))
        {
            return false;
        }

        return (query.Type == SpanType.All && query.Filters.Count == 0) || MatchesSpan(trace, query);
    }

    private static bool Involves(Trace trace, IReadOnlyCollection<string> resources)
    {
        foreach (var span in trace.SpansAsArrived)
        {
            if (ResourceRegistry.MatchesAny(span.Resource, resources))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesText(Trace trace, string text) =>
        trace.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || trace.FullName.Contains(text, StringComparison.OrdinalIgnoreCase)
        || trace.TraceId.ToString().Contains(text, StringComparison.OrdinalIgnoreCase);

    private bool MatchesSpan(Trace trace, TraceQuery query)
    {
        foreach (var span in trace.SpansAsArrived)
        {
            if ((query.Type == SpanType.All || span.GetSpanType() == query.Type) && MatchesFilters(span, query.Filters))
            {
                return true;
            }
        }

        return false;
    }

    private bool MatchesFilters(Span span, IReadOnlyList<TelemetryFilter> filters)
    {
        foreach (var filter in filters)
        {
            if (!filter.Matches(span, _peers))
            {
                return false;
            }
        }

        return true;
    }

    private bool Matches(Span span, SpanQuery query) =>
        span.Sequence > query.AfterSequence
        && (query.HasError is not { } hasError || (span.Status == SpanStatus.Error) == hasError)
        && ResourceRegistry.MatchesAny(span.Resource, query.Resources)
        && MatchesFilters(span, query.Filters);

    private Trace[] Snapshot(out long lastSequence)
    {
        lock (_lock)
        {
            lastSequence = _sequence;
            return [.. _traces];
        }
    }
}
