using System.Globalization;
using System.Text.RegularExpressions;
using Counter.Bench.Running;

namespace Counter.Bench.Load;

/// <summary>Closed-loop load: each connection asks again as soon as it has its answer.</summary>
internal static partial class Wrk
{
    /// <param name="Requests">Requests answered.</param>
    /// <param name="PerSecond">The rate of them.</param>
    /// <param name="P99">The latency that 99 % stay below.</param>
    /// <param name="Errors">Answers other than 2xx and 3xx, and broken connections.</param>
    internal sealed record Result(long Requests, double PerSecond, TimeSpan P99, long Errors);

    public static async Task<Result> RunAsync(string url, int connections, int seconds, string? script = null)
    {
        string[] scripted = script is null ? [] : ["-s", script];
        var output = await Child.RunAsync("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "--latency", .. scripted, url]);
        var latency = P99Line().Match(output);
        var errors = ErrorLine().Matches(output).Sum(match => match.Groups[1].Value.Split(',').Sum(part => long.Parse(part.Trim().Split(' ')[^1], CultureInfo.InvariantCulture)));
        return new Result(
            long.Parse(RequestsLine().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            double.Parse(RateLine().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            double.Parse(latency.Groups[1].Value, CultureInfo.InvariantCulture) * latency.Groups[2].Value switch
            {
                "us" => TimeSpan.FromMicroseconds(1),
                "ms" => TimeSpan.FromMilliseconds(1),
                _ => TimeSpan.FromSeconds(1),
            },
            errors);
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex RequestsLine();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex RateLine();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99Line();

    [GeneratedRegex(@"(?:Socket errors: |Non-2xx or 3xx responses: )(.+)")]
    private static partial Regex ErrorLine();
}
