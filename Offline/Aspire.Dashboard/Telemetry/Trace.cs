namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// The spans of one trace that have arrived and are kept. It grows while it is looked at, but only at its end: reading needs no lock,
/// and each property is consistent in itself. One object stands for a trace for as long as it is kept.
/// </summary>
public sealed class Trace
{
    private const int LargeTrace = 32;

    private HashSet<SpanId>? _ids;
    private Span[] _spans = new Span[2];
    private int _count;
    private int _errors;
    private Span? _first;
    private Span? _root;
    private ulong _start = ulong.MaxValue;
    private ulong _end;
    private Span[]? _sorted;
    private long _lastSequence;

    internal Trace(TraceId traceId) => TraceId = traceId;

    /// <summary>Its id.</summary>
    public TraceId TraceId { get; }

    /// <summary>How many spans of it are kept.</summary>
    public int SpanCount => Volatile.Read(ref _count);

    /// <summary>How many of them failed.</summary>
    public int ErrorCount => Volatile.Read(ref _errors);

    /// <summary>Whether any span failed.</summary>
    public bool HasError => ErrorCount > 0;

    /// <summary>The root span if it has arrived, else the span that started first.</summary>
    public Span FirstSpan => Volatile.Read(ref _root) ?? Volatile.Read(ref _first)!;

    /// <summary>Whether the root span has arrived.</summary>
    public bool HasRoot => Volatile.Read(ref _root) is not null;

    /// <summary>The name of the first span: untrusted, encode it.</summary>
    public string Name => FirstSpan.Name;

    /// <summary>The resource and the name of the first span, as <c>counter: GET /</c>.</summary>
    public string FullName => $"{FirstSpan.Resource.Name}: {FirstSpan.Name}";

    /// <summary>When the earliest span started.</summary>
    public ulong StartUnixNano => Volatile.Read(ref _start);

    /// <summary>When the latest span ended.</summary>
    public ulong EndUnixNano => Math.Max(Volatile.Read(ref _end), StartUnixNano);

    /// <summary>When the earliest span started, in UTC.</summary>
    public DateTime StartTime => UnixTime.ToDateTime(StartUnixNano);

    /// <summary>From the earliest start to the latest end.</summary>
    public TimeSpan Duration => new((long)((EndUnixNano - StartUnixNano) / 100));

    /// <summary>The resources that took part, in the order they joined, each with its spans and errors counted.</summary>
    public IReadOnlyList<TraceResource> GetResources()
    {
        OrderedDictionary<TelemetryResource, TraceResource> resources = [];
        foreach (var span in SpansAsArrived)
        {
            var known = resources.GetValueOrDefault(span.Resource) ?? new(span.Resource, 0, 0);
            resources[span.Resource] = known with { SpanCount = known.SpanCount + 1, ErrorCount = known.ErrorCount + (span.Status is SpanStatus.Error ? 1 : 0) };
        }

        return [.. resources.Values];
    }

    /// <summary>The sequence of the span that arrived last; grows when the trace grows.</summary>
    public long LastSequence => Volatile.Read(ref _lastSequence);

    /// <summary>The spans, in the order they arrived.</summary>
    public ReadOnlySpan<Span> SpansAsArrived
    {
        get
        {
            // The writer stores the array before the count, so this array has at least that many.
            var count = Volatile.Read(ref _count);
            return Volatile.Read(ref _spans).AsSpan(0, count);
        }
    }

    /// <summary>The spans by start time: an array that is not changed any more, kept until the trace grows.</summary>
    public IReadOnlyList<Span> Spans
    {
        get
        {
            var spans = SpansAsArrived;
            if (Volatile.Read(ref _sorted) is { } known && known.Length == spans.Length)
            {
                return known;
            }

            var sorted = spans.ToArray();
            Array.Sort(sorted, static (x, y) => x.StartUnixNano != y.StartUnixNano ? x.StartUnixNano.CompareTo(y.StartUnixNano) : x.Sequence.CompareTo(y.Sequence));
            Volatile.Write(ref _sorted, sorted);
            return sorted;
        }
    }

    /// <summary>What its spans are taken to hold in memory.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The span of that id, or null.</summary>
    public Span? Find(SpanId spanId)
    {
        foreach (var span in SpansAsArrived)
        {
            if (span.SpanId == spanId)
            {
                return span;
            }
        }

        return null;
    }

    /// <summary>Called under the lock of the store. False when the span is there already.</summary>
    internal bool TryAdd(Span span)
    {
        var count = _count;
        if (!IsNew(span.SpanId, count))
        {
            return false;
        }

        if (count == _spans.Length)
        {
            var larger = new Span[count * 2];
            Array.Copy(_spans, larger, count);
            Volatile.Write(ref _spans, larger);
        }

        _spans[count] = span;
        Bytes += span.Bytes;
        if (span.ParentSpanId.IsEmpty && _root is null)
        {
            Volatile.Write(ref _root, span);
        }

        if (span.StartUnixNano < _start)
        {
            Volatile.Write(ref _first, span);
            Volatile.Write(ref _start, span.StartUnixNano);
        }

        Volatile.Write(ref _end, Math.Max(_end, span.EndUnixNano));
        Volatile.Write(ref _errors, _errors + (span.Status is SpanStatus.Error ? 1 : 0));
        Volatile.Write(ref _lastSequence, span.Sequence);
        Volatile.Write(ref _count, count + 1);
        return true;
    }

    /// <summary>Looks through the spans of a small trace; a large one gets a set of its ids.</summary>
    private bool IsNew(SpanId spanId, int count)
    {
        if (count < LargeTrace)
        {
            return Find(spanId) is null;
        }

        if (_ids is null)
        {
            _ids = new(count * 2);
            foreach (var span in _spans.AsSpan(0, count))
            {
                _ids.Add(span.SpanId);
            }
        }

        return _ids.Add(spanId);
    }
}

/// <summary>A resource's part in a trace.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="SpanCount">How many spans of the trace are its.</param>
/// <param name="ErrorCount">How many of those failed.</param>
public sealed record TraceResource(TelemetryResource Resource, int SpanCount, int ErrorCount);
