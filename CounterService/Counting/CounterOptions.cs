using Microsoft.Extensions.Options;

namespace CounterService.Counting;

/// <summary>Configuration section <c>Counter</c>.</summary>
internal sealed class CounterOptions
{
    public const string SectionName = "Counter";

    /// <summary>In front of every key. On a Redis Cluster a hash tag, such as <c>{counter}:</c>, which keeps the keys in one slot.</summary>
    public string KeyPrefix { get; set; } = "";

    public Durability Durability { get; set; } = Durability.EverySecond;

    /// <summary>How many addresses have a count of their own. The rest is counted under <c>other</c>.</summary>
    public int MaxAddresses { get; set; } = 100_000;

    /// <summary>How many requests may wait to be counted. One more is answered with 503 at once.</summary>
    public int MaxQueue { get; set; } = 10_000;

    /// <summary>How long one round trip may take before it is tried again.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a batch is tried. After that its requests are answered with 503: whether they were counted is unknown, but none was counted twice.
    /// A request waits for the batch in flight and for its own, so at most twice as long.
    /// </summary>
    public TimeSpan SettleTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Addresses or networks whose <c>X-Forwarded-For</c> is believed. None by default.</summary>
    public string[] KnownProxies { get; set; } = [];

    /// <summary>How many pages may be live at the same time.</summary>
    public int MaxLive { get; set; } = 200;
}

/// <summary>Finds at the start what would fail later.</summary>
internal sealed class CounterOptionsValidator : IValidateOptions<CounterOptions>
{
    public ValidateOptionsResult Validate(string? name, CounterOptions options)
    {
        List<string> failures = [];
        if (options.MaxAddresses < 1 || options.MaxQueue < 1 || options.MaxLive < 1)
        {
            failures.Add("Counter:MaxAddresses, MaxQueue and MaxLive must be at least 1.");
        }

        if (options.AttemptTimeout <= TimeSpan.Zero || options.SettleTimeout < options.AttemptTimeout)
        {
            failures.Add("Counter:AttemptTimeout must be positive and not longer than Counter:SettleTimeout.");
        }

        failures.AddRange(options.KnownProxies.Where(proxy => !CallerAddress.IsValid(proxy))
            .Select(proxy => $"Counter:KnownProxies: '{proxy}' is neither an address nor a network."));

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
