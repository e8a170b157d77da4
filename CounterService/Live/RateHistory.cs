namespace CounterService.Live;

/// <summary>Requests per second, for the last minute.</summary>
internal sealed class RateHistory
{
    private const int Seconds = 60;

    private readonly Lock _lock = new();
    private readonly Queue<double> _rates = new(Seconds);

    public void Add(double rate)
    {
        lock (_lock)
        {
            if (_rates.Count == Seconds)
            {
                _rates.Dequeue();
            }

            _rates.Enqueue(rate);
        }
    }

    public double[] Rates()
    {
        lock (_lock)
        {
            return [.. _rates];
        }
    }
}
