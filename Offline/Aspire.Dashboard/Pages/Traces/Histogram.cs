namespace Aspire.Dashboard.Pages.Traces;

/// <summary>A column: from <paramref name="From"/> up to <paramref name="To"/>, and how many are in it.</summary>
internal sealed record HistogramColumn(TimeSpan From, TimeSpan To, int Count);

/// <summary>Durations in columns of equal ratio: from microseconds to minutes, each power of ten gets the same room.</summary>
internal static class Histogram
{
    public static IReadOnlyList<HistogramColumn> Create(long[] durations, int columns)
    {
        if (durations.Length == 0)
        {
            return [];
        }

        long least = long.MaxValue, most = 1;
        foreach (var ticks in durations)
        {
            least = Math.Min(least, Math.Max(1, ticks));
            most = Math.Max(most, ticks);
        }

        // A single value gets a range around it.
        var (low, high) = (Math.Log10(least), Math.Log10(most + 1));
        if (high - low < 0.1)
        {
            (low, high) = (low - 0.05, high + 0.05);
        }

        var width = (high - low) / columns;
        var counts = new int[columns];
        foreach (var ticks in durations)
        {
            counts[Math.Clamp((int)((Math.Log10(Math.Max(1, ticks)) - low) / width), 0, columns - 1)]++;
        }

        return [.. counts.Select((count, i) => new HistogramColumn(At(i), At(i + 1), count))];

        TimeSpan At(int i) => TimeSpan.FromTicks((long)Math.Ceiling(Math.Pow(10, low + (i * width))));
    }
}
