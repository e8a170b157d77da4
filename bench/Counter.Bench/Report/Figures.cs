using System.Globalization;

namespace Counter.Bench.Report;

/// <summary>Numbers over rounds.</summary>
internal static class Figures
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The smallest, the median and the largest.</summary>
    public static string Spread(this IReadOnlyCollection<double> values, string format) =>
        $"{values.Min().Text(format)} / **{values.Median().Text(format)}** / {values.Max().Text(format)}";

    public static string Text(this double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
