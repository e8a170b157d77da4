using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Aspire.Dashboard.Pages;

/// <summary>How numbers and times are written.</summary>
internal static class Text
{
    private static readonly string[] s_separators = [".", "_", "/"];

    public static string Duration(TimeSpan duration)
    {
        var microseconds = duration.TotalMicroseconds;
        return microseconds switch
        {
            0 => "0",
            < 1 => Number(duration.TotalNanoseconds, "ns"),
            < 1_000 => Number(microseconds, "µs"),
            < 1_000_000 => Number(duration.TotalMilliseconds, "ms"),
            < 60_000_000 => Number(duration.TotalSeconds, "s"),
            < 3_600_000_000 => $"{(int)duration.TotalMinutes}m {duration.Seconds}s",
            < 86_400_000_000 => $"{(int)duration.TotalHours}h {duration.Minutes}m",
            _ => $"{(int)duration.TotalDays}d {duration.Hours}h",
        };

        static string Number(double value, string unit) =>
            value.ToString(value < 10 ? "0.##" : value < 100 ? "0.#" : "0", CultureInfo.InvariantCulture) + " " + unit;
    }

    /// <summary>1234567 as <c>1,234,567</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>For places without room: 1234567 as <c>1.2M</c>.</summary>
    public static string Short(double value)
    {
        var size = Math.Abs(value);
        return size switch
        {
            0 => "0",
            < 0.001 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
            < 1 => value.ToString("0.####", CultureInfo.InvariantCulture),
            < 1_000 => value.ToString("0.##", CultureInfo.InvariantCulture),
            < 1_000_000 => (value / 1_000).ToString("0.##", CultureInfo.InvariantCulture) + "k",
            < 1_000_000_000 => (value / 1_000_000).ToString("0.##", CultureInfo.InvariantCulture) + "M",
            >= 1e15 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
            _ => (value / 1_000_000_000).ToString("0.##", CultureInfo.InvariantCulture) + "G",
        };
    }

    /// <summary>A coordinate or length of a drawing.</summary>
    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    public static string Iso(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    public static string Plural(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>A name of several parts, which may go on in the next line after each of them rather than anywhere.</summary>
    public static MarkupString Breakable(string name)
    {
        var html = HtmlEncoder.Default.Encode(name);
        foreach (var separator in s_separators)
        {
            html = html.Replace(separator, separator + "<wbr>", StringComparison.Ordinal);
        }

        return new(html);
    }

    /// <summary>The start of a long text.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Never between the halves of a surrogate pair.
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end] + "…";
    }
}
