using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Aspire.Dashboard.Pages.ConsoleLogs;

/// <summary>Console text with ANSI colours as HTML. Colours become classes (the page allows no inline style), other sequences are left out.</summary>
internal static partial class AnsiText
{
    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        var style = default(Style);
        var from = 0;
        foreach (Match sequence in Sequence().Matches(text))
        {
            Append(html, text[from..sequence.Index], style);
            from = sequence.Index + sequence.Length;
            if (sequence.Groups[1].Success)
            {
                style = style.Apply(sequence.Groups[1].Value);
            }
        }

        Append(html, text[from..], style);
        return html.ToString();
    }

    private static void Append(StringBuilder html, string text, Style style)
    {
        if (text.Length == 0)
        {
            return;
        }

        var classes = style.ToString();
        html.Append(classes.Length == 0 ? "" : $"<span class=\"{classes}\">");
        var from = 0;
        foreach (Match url in Url().Matches(text))
        {
            var encoded = HtmlEncoder.Default.Encode(url.Value);
            html.Append(Encode(text[from..url.Index])).Append(CultureInfo.InvariantCulture, $"<a href=\"{encoded}\" target=\"_blank\" rel=\"noreferrer\">{encoded}</a>");
            from = url.Index + url.Length;
        }

        html.Append(Encode(text[from..])).Append(classes.Length == 0 ? "" : "</span>");
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(Control().Replace(text, ""));

    [GeneratedRegex(@"\x1b(?:\[([0-9;]*)m|\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")]
    private static partial Regex Sequence();

    [GeneratedRegex(@"[\x00-\x08\x0b-\x1f\x7f]")]
    private static partial Regex Control();

    [GeneratedRegex(@"https?://[^\s<>""'\x00-\x1f]+[^\s<>""'.,;:!?)\]\x00-\x1f]")]
    private static partial Regex Url();

    private readonly record struct Style(string? Foreground, string? Background, bool Bold, bool Dim, bool Italic, bool Underline)
    {
        public Style Apply(string codes)
        {
            var style = this;
            var numbers = codes.Split(';').Select(c => int.TryParse(c, CultureInfo.InvariantCulture, out var n) ? n : 0).ToArray();
            for (var i = 0; i < numbers.Length; i++)
            {
                style = numbers[i] switch
                {
                    0 => default,
                    1 => style with { Bold = true },
                    2 => style with { Dim = true },
                    3 => style with { Italic = true },
                    4 => style with { Underline = true },
                    22 => style with { Bold = false, Dim = false },
                    23 => style with { Italic = false },
                    24 => style with { Underline = false },
                    >= 30 and <= 37 and var n => style with { Foreground = $"{n - 30}" },
                    39 => style with { Foreground = null },
                    >= 40 and <= 47 and var n => style with { Background = $"{n - 40}" },
                    49 => style with { Background = null },
                    >= 90 and <= 97 and var n => style with { Foreground = $"{n - 82}" },
                    >= 100 and <= 107 and var n => style with { Background = $"{n - 92}" },
                    38 => style with { Foreground = Extended(numbers, ref i) },
                    48 => style with { Background = Extended(numbers, ref i) },
                    _ => style,
                };
            }

            return style;
        }

        public override string ToString()
        {
            List<string> classes = [];
            if (Foreground is not null)
            {
                classes.Add("fg" + Foreground);
            }

            if (Background is not null)
            {
                classes.Add("bg" + Background);
            }

            classes.AddRange(new[] { (Bold, "bold"), (Dim, "faint"), (Italic, "italic"), (Underline, "underline") }.Where(s => s.Item1).Select(s => s.Item2));
            return string.Join(' ', classes);
        }

        /// <summary>One of 256 colours or a true colour becomes the nearest of the sixteen.</summary>
        private static string? Extended(int[] numbers, ref int i)
        {
            if (i + 2 < numbers.Length && numbers[i + 1] == 5)
            {
                var index = numbers[i += 2];
                return index < 16 ? $"{Math.Max(0, index)}"
                    : index >= 232 ? Nearest(8 + ((index - 232) * 10), 8 + ((index - 232) * 10), 8 + ((index - 232) * 10))
                    : Nearest((index - 16) / 36 * 51, (index - 16) / 6 % 6 * 51, (index - 16) % 6 * 51);
            }

            if (i + 4 < numbers.Length && numbers[i + 1] == 2)
            {
                i += 4;
                return Nearest(numbers[i - 2], numbers[i - 1], numbers[i]);
            }

            return null;
        }

        private static string Nearest(int red, int green, int blue)
        {
            var bright = Math.Max(red, Math.Max(green, blue)) > 191 ? 8 : 0;
            var half = Math.Max(red, Math.Max(green, blue)) / 2;
            return half < 24 ? "0" : $"{bright + (red > half ? 1 : 0) + (green > half ? 2 : 0) + (blue > half ? 4 : 0)}";
        }
    }
}
