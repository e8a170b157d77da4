namespace Aspire.Dashboard.Pages.Metrics;

/// <summary>Works a quantile out of bucket counts.</summary>
internal static class HistogramQuantile
{
    /// <summary>Within its bucket values are taken to be spread evenly; in the last, open one the answer is its lower bound. NaN without values.</summary>
    public static double Of(IReadOnlyDictionary<double, double> countByUpperBound, double quantile)
    {
        var total = countByUpperBound.Values.Sum();
        if (total <= 0)
        {
            return double.NaN;
        }

        var wanted = total * quantile;
        double below = 0, lower = 0;
        foreach (var (upper, count) in countByUpperBound.OrderBy(p => p.Key))
        {
            if (count > 0 && below + count >= wanted)
            {
                return double.IsPositiveInfinity(upper) ? lower : Math.Min(lower, upper) + ((upper - Math.Min(lower, upper)) * ((wanted - below) / count));
            }

            below += count;
            lower = upper;
        }

        return lower;
    }
}
