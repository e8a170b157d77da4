namespace CounterService.Tests.Checking;

/// <summary>Keeps what the callers were told, and compares it with what the store holds.</summary>
internal sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _numbers = [];
    private readonly Dictionary<string, (int Answered, int Unknown)> _callers = [];

    public int Answered => Sum(caller => caller.Answered);

    public int Unknown => Sum(caller => caller.Unknown);

    /// <param name="caller">The address as the ranking shows it.</param>
    /// <param name="number">The number the caller was given, or null when it was told that it may not have been counted.</param>
    public void Add(string caller, long? number)
    {
        lock (_lock)
        {
            var (answered, unknown) = _callers.GetValueOrDefault(caller);
            _callers[caller] = number is null ? (answered, unknown + 1) : (answered + 1, unknown);
            if (number is { } given)
            {
                _numbers[given] = _numbers.GetValueOrDefault(given) + 1;
            }
        }
    }

    /// <summary>What is wrong, or nothing.</summary>
    public IReadOnlyList<string> Check(long total, IReadOnlyDictionary<string, long> shares)
    {
        List<string> wrong = [];
        wrong.AddRange(_numbers.Where(number => number.Value > 1).Select(number => $"{number.Key} was handed out {number.Value} times."));
        wrong.AddRange(_numbers.Keys.Where(number => number < 1 || number > total).Select(number => $"{number} is not in 1…{total}."));

        // A number that nobody was given can only belong to a request that was told so.
        if (total < Answered || total > Answered + Unknown)
        {
            wrong.Add($"{Answered} requests were answered and {Unknown} left unknown, but {total} counted.");
        }

        if (shares.Values.Sum() != total)
        {
            wrong.Add($"The shares add up to {shares.Values.Sum()} instead of {total}.");
        }

        foreach (var (caller, (answered, unknown)) in _callers)
        {
            var share = shares.GetValueOrDefault(caller);
            if (share < answered || share > answered + unknown)
            {
                wrong.Add($"{caller} was answered {answered} times and {unknown} left unknown, but its share is {share}.");
            }
        }

        return wrong;
    }

    private int Sum(Func<(int Answered, int Unknown), int> part)
    {
        lock (_lock)
        {
            return _callers.Values.Sum(part);
        }
    }
}
