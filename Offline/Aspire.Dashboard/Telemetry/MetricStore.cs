namespace Aspire.Dashboard.Telemetry;

/// <summary>The metrics, by resource, meter and name.</summary>
public sealed class MetricStore
{
    private readonly TelemetryLimits _limits;
    private readonly Action<string, long> _countLost;
    private readonly Lock _lock = new();
    private readonly Dictionary<InstrumentKey, Instrument> _instruments = [];
    private long _received;
    private long _kept;
    private long _evicted;
    private long _refused;
    private long _cleared;
    private long _refusedRequests;
    private long _lost;
    private long _bytes;

    internal MetricStore(TelemetryLimits limits, Action<string, long> countLost)
    {
        _limits = limits;
        _countLost = countLost;
    }

    /// <summary>Changes with every batch that arrives and with every removal.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>What became of all data points that were sent.</summary>
    public SignalAccount GetAccount()
    {
        lock (_lock)
        {
            return new(TelemetrySignal.Metrics, _received, _kept, _evicted, _refused, 0, _cleared, Interlocked.Read(ref _lost), Interlocked.Read(ref _refusedRequests), _bytes);
        }
    }

    /// <summary>The instruments of a resource (a <c>service.name</c>, all replicas, or a unique name; null for all), by meter and name.</summary>
    public IReadOnlyList<Instrument> GetInstruments(string? resource = null) =>
        [.. GetAll()
            .Where(i => resource is null || ResourceRegistry.Matches(i.Resource, resource))
            .OrderBy(i => i.Meter.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(i => i.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(i => i.Resource.UniqueName, StringComparer.Ordinal)];

    /// <summary>The instruments of that meter and name: one for each replica of the resource that sends it.</summary>
    public IReadOnlyList<Instrument> Find(string resource, string meter, string name) =>
        [.. GetAll().Where(i => i.Name == name && i.Meter.Name == meter && ResourceRegistry.Matches(i.Resource, resource))];

    /// <summary>Removes the metrics of a resource, or all of them.</summary>
    public void Clear(string? resource = null)
    {
        lock (_lock)
        {
            foreach (var (key, instrument) in _instruments)
            {
                if (resource is null || ResourceRegistry.Matches(instrument.Resource, resource))
                {
                    _instruments.Remove(key);
                    instrument.Resource.AddInstruments(-1);
                    _bytes -= instrument.Bytes;
                    foreach (var dimension in instrument.ByAttributes.Values)
                    {
                        _kept -= dimension.PointCount;
                        _cleared += dimension.PointCount;
                        _bytes -= dimension.Bytes + dimension.AttributeBytes + DimensionSize;
                    }
                }
            }
        }

        Changes.Changed();
    }

    /// <summary>Adds a batch and returns how many of its points were beyond the memory bound.</summary>
    internal int Add(List<MetricData> batch, int refused)
    {
        var beyond = 0;
        List<Instrument> touched = [];
        lock (_lock)
        {
            _received += refused;
            _refused += refused;
            foreach (var metric in batch.Where(m => m.Points.Count > 0))
            {
                var instrument = GetOrAdd(metric);
                if (instrument is null)
                {
                    _received += metric.Points.Count;
                    _refused += metric.Points.Count;
                    beyond += metric.Points.Count;
                    continue;
                }

                foreach (var point in metric.Points)
                {
                    _received++;
                    if (!Add(instrument, point))
                    {
                        _refused++;
                        beyond++;
                    }
                }

                touched.Add(instrument);
            }

            foreach (var instrument in touched)
            {
                instrument.Publish();
            }
        }

        Changes.Changed();
        return beyond;
    }

    internal void CountRefusedRequest() => Interlocked.Increment(ref _refusedRequests);

    internal void CountLost(long count) => Interlocked.Add(ref _lost, count);

    internal Instrument[] GetAll()
    {
        lock (_lock)
        {
            return [.. _instruments.Values];
        }
    }

    private const int DimensionSize = 400;
    private const int InstrumentSize = 500;

    /// <summary>Null when there is no room for another instrument.</summary>
    private Instrument? GetOrAdd(MetricData metric)
    {
        var key = new InstrumentKey(metric.Resource, metric.Meter.Name, metric.Name, metric.Kind);
        if (!_instruments.TryGetValue(key, out var instrument))
        {
            var bytes = InstrumentSize + metric.Bytes;
            if (_bytes + bytes > _limits.MaxMetricBytes)
            {
                return null;
            }

            _bytes += bytes;
            instrument = new(metric.Resource, metric.Meter, metric.Name, metric.Kind) { Bytes = bytes, Description = metric.Description, Unit = metric.Unit };
            _instruments.Add(key, instrument);
            metric.Resource.AddInstruments(1);
        }

        instrument.IsMonotonic = metric.IsMonotonic;
        instrument.IsDelta = metric.IsDelta;
        instrument.IsInteger = metric.IsInteger;
        return instrument;
    }

    private bool Add(Instrument instrument, in MetricPointData point)
    {
        var key = new DimensionKey(point.Attributes);
        if (!instrument.ByAttributes.TryGetValue(key, out var dimension))
        {
            if (_bytes + DimensionSize + point.AttributeBytes > _limits.MaxMetricBytes)
            {
                return false;
            }

            dimension = new(key);
            instrument.Add(dimension);
            _bytes += DimensionSize + point.AttributeBytes;
            dimension.AttributeBytes = point.AttributeBytes;
        }

        CountLost(instrument, dimension, point.Value);
        var before = dimension.Bytes;
        dimension.StartUnixNano = point.StartUnixNano;
        var evicted = dimension.Add(point.TimeUnixNano, point.Value, point.Distribution, _limits.MaxMetricsCount);
        foreach (var exemplar in point.Exemplars)
        {
            dimension.Add(exemplar);
        }

        if (_bytes + dimension.Bytes - before > _limits.MaxMetricBytes)
        {
            evicted += dimension.Halve();
        }

        _bytes += dimension.Bytes - before;
        _kept += 1 - evicted;
        _evicted += evicted;
        return true;
    }

    /// <summary>Senders report what they dropped themselves in the metrics of their SDK (OpenTelemetry's conventions for SDKs).</summary>
    private void CountLost(Instrument instrument, Dimension dimension, double value)
    {
        if (instrument.Kind != InstrumentKind.Sum
            || !instrument.Name.StartsWith("otel.sdk.", StringComparison.Ordinal)
            || dimension.Attributes.Find("error.type") is null)
        {
            return;
        }

        var before = instrument.IsDelta ? 0 : dimension.Latest?.Value ?? 0;
        var lost = (long)(value >= before ? value - before : value);
        if (lost > 0)
        {
            _countLost(instrument.Name, lost);
        }
    }

    private readonly record struct InstrumentKey(TelemetryResource Resource, string Meter, string Name, InstrumentKind Kind);
}
