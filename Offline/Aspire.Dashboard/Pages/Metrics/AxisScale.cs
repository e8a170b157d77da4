namespace Aspire.Dashboard.Pages.Metrics;

/// <summary>An axis from 0 (or a round number below the least value) to a round number, with round steps.</summary>
internal sealed record AxisScale(double Least, double Most, double Step)
{
    /// <summary>Beyond it, and closer than its reciprocal, there is no room to reckon with.</summary>
    private const double Largest = 1e300;

    public static AxisScale For(IEnumerable<double> values)
    {
        double least = 0, most = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                least = Math.Max(Math.Min(least, value), -Largest);
                most = Math.Min(Math.Max(most, value), Largest);
            }
        }

        if (most - least < 1 / Largest)
        {
            most = least + 1;
        }

        var rough = (most - least) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
        return new(Math.Floor(least / step) * step, Math.Ceiling(most / step) * step, step);
    }

    public IEnumerable<double> Ticks
    {
        get
        {
            for (var i = 0; i <= (int)Math.Round((Most - Least) / Step) && i < 20; i++)
            {
                yield return Least + (i * Step);
            }
        }
    }

    /// <summary>0 at the lower end and below, 1 at the upper one and above.</summary>
    public double Share(double value) => Math.Clamp((value - Least) / (Most - Least), 0, 1);
}
