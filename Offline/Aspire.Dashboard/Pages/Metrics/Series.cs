using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages.Metrics;

/// <summary>A line of a chart: a value, or a gap (NaN), for each point of time.</summary>
internal sealed record Series(string Name, double[] Values);

/// <summary>What a chart is drawn from: points of time, lines over them, and single measurements.</summary>
internal sealed record ChartData(DateTime From, DateTime To, IReadOnlyList<Series> Series, IReadOnlyList<Exemplar> Exemplars)
{
    public DateTime TimeAt(int index, int count) => From + ((To - From) * ((index + 1.0) / count));
}

/// <summary>Turns the kept points of an instrument into lines of evenly spaced values.</summary>
internal static class SeriesBuilder
{
    public const int Buckets = 120;

    private static readonly double[] s_quantiles = [0.5, 0.9, 0.99];

    public static ChartData Build(IReadOnlyList<Instrument> instruments, IReadOnlyList<Dimension> dimensions, DateTime from, DateTime to, bool showCount)
    {
        var instrument = instruments[0];
        IReadOnlyList<Exemplar> exemplars = [.. dimensions.SelectMany(d => d.GetExemplars(from)).Where(e => e.Timestamp <= to && !e.TraceId.IsEmpty).OrderByDescending(e => e.TimeUnixNano).Take(200)];
        if (instrument.Kind == InstrumentKind.Histogram)
        {
            return new(from, to, showCount ? [new("Count per second", Rate(dimensions, from, to, instrument.IsDelta, p => p.Distribution?.Count ?? 0))] : Quantiles(dimensions, from, to, instrument.IsDelta), exemplars);
        }

        // One line of all dimensions together: the dimension filter picks what goes into it.
        var isCounter = instrument is { Kind: InstrumentKind.Sum, IsMonotonic: true };
        var values = isCounter ? Rate(dimensions, from, to, instrument.IsDelta, p => p.Value) : Latest(dimensions, from, to);
        return new(from, to, [new(isCounter ? "Per second" : "Value", values)], exemplars);
    }

    /// <summary>
    /// What was added, per second. An increase is spread over the time since the report before, so that the line does not
    /// depend on how the reports fall into the pieces; a value below the one before means that the sender started anew.
    /// </summary>
    private static double[] Rate(IReadOnlyList<Dimension> dimensions, DateTime from, DateTime to, bool isDelta, Func<MetricPoint, double> read)
    {
        var values = new double[Buckets];
        var seconds = (to - from).TotalSeconds / Buckets;
        Array.Fill(values, double.NaN);
        foreach (var dimension in dimensions)
        {
            foreach (var (point, before, start, end) in Steps(dimension, from, to))
            {
                var value = read(point);
                var known = isDelta || before is null ? 0 : read(before.Value);
                var added = isDelta ? value * point.Repeats : value >= known ? value - known : value;
                var length = Math.Max(1e-9, (end - start).TotalSeconds);
                foreach (var i in Pieces(start, end, from, to))
                {
                    var pieceStart = from + TimeSpan.FromSeconds(i * seconds);
                    var (left, right) = (start > pieceStart ? start : pieceStart, end < pieceStart.AddSeconds(seconds) ? end : pieceStart.AddSeconds(seconds));
                    var share = Math.Clamp((right - left).TotalSeconds / length, 0, 1);
                    values[i] = (double.IsNaN(values[i]) ? 0 : values[i]) + (added * share / seconds);
                }
            }
        }

        return values;
    }

    /// <summary>Each report with the one before it and the time between them, within the range; a value that rests is a step of nothing.</summary>
    private static IEnumerable<(MetricPoint Point, MetricPoint? Before, DateTime Start, DateTime End)> Steps(Dimension dimension, DateTime from, DateTime to)
    {
        MetricPoint? before = null;
        var counted = UnixTime.ToDateTime(dimension.StartUnixNano);
        foreach (var point in dimension.GetPoints(from, to))
        {
            var first = UnixTime.ToDateTime(point.FirstUnixNano);
            // A counter seen for the first time started from nothing only if it started within the range.
            DateTime? start = before is { } known ? UnixTime.ToDateTime(known.LastUnixNano) : counted >= from && counted < first ? counted : null;
            if (start is { } began && first > from && first <= to && first > began)
            {
                yield return (point, before, began, first);
            }

            var last = UnixTime.ToDateTime(point.LastUnixNano);
            if (last > first && last > from)
            {
                yield return (point with { Repeats = 0 }, point, first, last < to ? last : to);
            }

            before = point;
        }
    }

    private static IEnumerable<int> Pieces(DateTime start, DateTime end, DateTime from, DateTime to) =>
        end <= from || start >= to ? [] : Enumerable.Range(Index(start > from ? start : from, from, to), Index(end, from, to) - Index(start > from ? start : from, from, to) + 1);

    private static double[] Latest(IReadOnlyList<Dimension> dimensions, DateTime from, DateTime to)
    {
        var sums = new double[Buckets];
        Array.Fill(sums, double.NaN);
        foreach (var dimension in dimensions)
        {
            var values = new double[Buckets];
            Array.Fill(values, double.NaN);
            foreach (var point in dimension.GetPoints(from, to))
            {
                var first = UnixTime.ToDateTime(point.FirstUnixNano);
                var last = UnixTime.ToDateTime(point.LastUnixNano);
                if (last >= from && first <= to)
                {
                    for (var i = first <= from ? 0 : Index(first, from, to); i <= (last >= to ? Buckets - 1 : Index(last, from, to)); i++)
                    {
                        values[i] = point.Value;
                    }
                }
            }

            // Between two reports the last value stands.
            FillGaps(values);
            for (var i = 0; i < Buckets; i++)
            {
                sums[i] = double.IsNaN(values[i]) ? sums[i] : (double.IsNaN(sums[i]) ? 0 : sums[i]) + values[i];
            }
        }

        return sums;
    }

    private static void FillGaps(double[] values)
    {
        var last = Array.FindLastIndex(values, v => !double.IsNaN(v));
        for (var i = 1; i < last; i++)
        {
            values[i] = double.IsNaN(values[i]) ? values[i - 1] : values[i];
        }
    }

    private static List<Series> Quantiles(IReadOnlyList<Dimension> dimensions, DateTime from, DateTime to, bool isDelta)
    {
        var counts = new Dictionary<double, double>[Buckets];
        foreach (var dimension in dimensions)
        {
            foreach (var (point, before, start, end) in Steps(dimension, from, to))
            {
                if (point.Distribution is { Counts.Length: > 0 } now && point.Repeats > 0)
                {
                    foreach (var i in Pieces(start, end, from, to))
                    {
                        AddTo(counts[i] ??= [], now, isDelta ? null : before?.Distribution);
                    }
                }
            }
        }

        return [.. s_quantiles.Select(q => new Series($"P{q * 100:0}", [.. counts.Select(c => c is null ? double.NaN : HistogramQuantile.Of(c, q))]))];
    }

    private static void AddTo(Dictionary<double, double> counts, DistributionValue now, DistributionValue? before)
    {
        var restarted = before is null || before.Count > now.Count || before.Counts.Length != now.Counts.Length;
        for (var i = 0; i < now.Counts.Length; i++)
        {
            var bound = i < now.Bounds.Length ? now.Bounds[i] : double.PositiveInfinity;
            counts[bound] = counts.GetValueOrDefault(bound) + now.Counts[i] - (restarted ? 0 : Math.Min(before!.Counts[i], now.Counts[i]));
        }
    }

    private static int Index(DateTime time, DateTime from, DateTime to) =>
        Math.Clamp((int)((time - from) / (to - from) * Buckets), 0, Buckets - 1);
}
