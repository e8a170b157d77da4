namespace Aspire.Dashboard.Telemetry;

/// <summary>The points of a metric for one combination of attributes, oldest first.</summary>
public sealed class Dimension
{
    private const int MaxExemplars = 200;

    private readonly Lock _lock = new();
    private readonly Queue<Exemplar> _exemplars = new();
    private MetricPoint[] _points = new MetricPoint[4];
    private int _head;
    private int _count;

    internal Dimension(DimensionKey key) => Key = key;

    /// <summary>The combination, by name.</summary>
    public AttributeList Attributes => new(Key.Attributes);

    /// <summary>When counting started, as last sent; 0 if never.</summary>
    public ulong StartUnixNano { get; internal set; }

    internal DimensionKey Key { get; }

    /// <summary>Data points kept; repeats count.</summary>
    internal long PointCount { get; private set; }

    /// <summary>Bytes of its points.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Bytes of its attributes.</summary>
    internal int AttributeBytes { get; set; }

    /// <summary>The points of that time and the last one before it (which counters need to tell what was added), oldest first.</summary>
    public IReadOnlyList<MetricPoint> GetPoints(DateTime from, DateTime? to = null)
    {
        var first = UnixTime.FromDateTime(from);
        var last = to is null ? ulong.MaxValue : UnixTime.FromDateTime(to.Value);
        lock (_lock)
        {
            var start = _count;
            while (start > 0 && At(start - 1).LastUnixNano >= first)
            {
                start--;
            }

            start = Math.Max(0, start - 1);
            var end = _count;
            while (end > start && At(end - 1).FirstUnixNano > last)
            {
                end--;
            }

            var points = new MetricPoint[end - start];
            for (var i = 0; i < points.Length; i++)
            {
                points[i] = At(start + i);
            }

            return points;
        }
    }

    /// <summary>The newest point, if there is one.</summary>
    public MetricPoint? Latest
    {
        get
        {
            lock (_lock)
            {
                return _count == 0 ? null : At(_count - 1);
            }
        }
    }

    /// <summary>The exemplars that are kept, oldest first.</summary>
    public IReadOnlyList<Exemplar> GetExemplars(DateTime from)
    {
        var first = UnixTime.FromDateTime(from);
        lock (_lock)
        {
            return [.. _exemplars.Where(e => e.TimeUnixNano >= first)];
        }
    }

    /// <summary>Adds a point and returns how many data points had to go for it.</summary>
    internal int Add(ulong time, double value, DistributionValue? distribution, int maxPoints)
    {
        lock (_lock)
        {
            PointCount++;
            if (_count > 0)
            {
                ref var last = ref At(_count - 1);
                if (last.Value.Equals(value) && (distribution?.SameAs(last.Distribution) ?? last.Distribution is null))
                {
                    last.LastUnixNano = Math.Max(time, last.LastUnixNano);
                    last.Repeats++;
                    return Trim(maxPoints);
                }

                distribution = last.Distribution is { } before ? distribution?.SharingBoundsWith(before) : distribution;
            }

            if (_count == _points.Length)
            {
                Grow();
            }

            _count++;
            At(_count - 1) = new() { FirstUnixNano = time, LastUnixNano = time, Value = value, Distribution = distribution, Repeats = 1 };
            Bytes += Size(distribution);
            return Trim(maxPoints);
        }
    }

    // A sender that counts up repeats its exemplars with every export until it has newer ones.
    internal void Add(Exemplar exemplar)
    {
        lock (_lock)
        {
            foreach (var kept in _exemplars)
            {
                if (kept.TimeUnixNano == exemplar.TimeUnixNano && kept.SpanId == exemplar.SpanId && kept.Value.Equals(exemplar.Value))
                {
                    return;
                }
            }

            if (_exemplars.Count == MaxExemplars)
            {
                Bytes -= _exemplars.Dequeue().Bytes;
            }

            _exemplars.Enqueue(exemplar);
            Bytes += exemplar.Bytes;
        }
    }

    /// <summary>Gives up the older half and returns how many data points that were.</summary>
    internal int Halve()
    {
        lock (_lock)
        {
            var evicted = 0;
            for (var left = _count / 2; left > 0; left--)
            {
                evicted += RemoveFirst();
            }

            for (var left = _exemplars.Count / 2; left > 0; left--)
            {
                Bytes -= _exemplars.Dequeue().Bytes;
            }

            return evicted;
        }
    }

    private static int Size(DistributionValue? distribution) =>
        48 + (distribution is null ? 0 : 88 + (distribution.Counts.Length * 8) + 24 + (distribution.Quantiles.Length * 16));

    private int Trim(int maxPoints)
    {
        var evicted = 0;
        while (PointCount > maxPoints && _count > 1)
        {
            evicted += RemoveFirst();
        }

        return evicted;
    }

    private int RemoveFirst()
    {
        ref var first = ref At(0);
        var repeats = first.Repeats;
        Bytes -= Size(first.Distribution);
        first = default;
        _head = (_head + 1) % _points.Length;
        _count--;
        PointCount -= repeats;
        return repeats;
    }

    private ref MetricPoint At(int index)
    {
        index += _head;
        return ref _points[index < _points.Length ? index : index - _points.Length];
    }

    private void Grow()
    {
        var larger = new MetricPoint[_points.Length * 2];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = At(i);
        }

        _points = larger;
        _head = 0;
    }
}
