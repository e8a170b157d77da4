using System.Diagnostics.Metrics;

namespace CounterService.Counting;

/// <summary>The service's own instruments. They are written per batch, not per request.</summary>
internal sealed class CounterMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _counted;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _retries;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _roundTrip;

    public CounterMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(CounterTelemetry.Name);
        _counted = _meter.CreateCounter<long>("counter.requests", "{request}", "Requests that were given a number.");
        _rejected = _meter.CreateCounter<long>("counter.rejected", "{request}", "Requests that were given no number.");
        _retries = _meter.CreateCounter<long>("counter.batch.retries", "{retry}", "Batches sent again because their outcome was unknown.");
        _batchSize = _meter.CreateHistogram("counter.batch.size", "{request}", "Requests counted by one round trip to the store.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096] });
        _roundTrip = _meter.CreateHistogram("db.client.operation.duration", "s", "Duration of database client operations.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5] });
    }

    public void Observe(Combiner combiner) =>
        _meter.CreateObservableUpDownCounter("counter.queue.length", () => combiner.QueueLength, "{request}", "Requests that wait for the next round trip.");

    public void Counted(int batchSize)
    {
        _counted.Add(batchSize);
        _batchSize.Record(batchSize);
    }

    public void Rejected(Rejection reason, int count) =>
        _rejected.Add(count, new KeyValuePair<string, object?>("error.type", reason.ToString()));

    public void Retried() => _retries.Add(1);

    public void RoundTrip(TimeSpan duration) => _roundTrip.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("db.system.name", "redis"),
        new KeyValuePair<string, object?>("db.operation.name", CounterTelemetry.Operation));

    public void Dispose() => _meter.Dispose();
}
