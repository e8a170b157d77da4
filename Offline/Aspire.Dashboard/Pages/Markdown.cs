using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Aspire.Dashboard.Pages;

/// <summary>
/// The Markdown that command results and messages use: headings, lists, tables, code, bold, italics and links. All text is encoded
/// first, so nothing of the source can become an element that is not made here.
/// </summary>
internal static partial class Markdown
{
    public static string ToHtml(string source)
    {
        var html = new StringBuilder();
        var lines = source.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            i = AppendBlock(html, lines, i);
        }

        return html.ToString();
    }

    /// <summary>Returns the line behind the block.</summary>
    private static int AppendBlock(StringBuilder html, string[] lines, int i)
    {
        var line = lines[i];
        if (string.IsNullOrWhiteSpace(line))
        {
            return i + 1;
        }

        if (line.StartsWith("```", StringComparison.Ordinal))
        {
            var end = Array.FindIndex(lines, i + 1, l => l.StartsWith("```", StringComparison.Ordinal));
            end = end < 0 ? lines.Length : end;
            html.Append("<pre><code>").Append(Encode(string.Join('\n', lines[(i + 1)..end]))).Append("</code></pre>");
            return end + 1;
        }

        if (Heading().Match(line) is { Success: true } heading)
        {
            // The page has its own first headings.
            var level = Math.Min(6, heading.Groups[1].Length + 2);
            html.Append($"<h{level}>").Append(Inline(heading.Groups[2].Value)).Append($"</h{level}>");
            return i + 1;
        }

        if (line.TrimStart().StartsWith('|') && i + 1 < lines.Length && TableRule().IsMatch(lines[i + 1]))
        {
            return AppendTable(html, lines, i);
        }

        if (Item().IsMatch(line))
        {
            return AppendList(html, lines, i);
        }

        var start = i;
        while (i < lines.Length && !string.IsNullOrWhiteSpace(lines[i]) && (i == start || !StartsBlock(lines[i])))
        {
            i++;
        }

        html.Append("<p>").AppendJoin("<br>", lines[start..i].Select(Inline)).Append("</p>");
        return i;
    }

    private static bool StartsBlock(string line) =>
        line.StartsWith("```", StringComparison.Ordinal) || line.TrimStart().StartsWith('|') || Heading().IsMatch(line) || Item().IsMatch(line);

    private static int AppendList(StringBuilder html, string[] lines, int i)
    {
        var tag = char.IsAsciiDigit(lines[i].TrimStart()[0]) ? "ol" : "ul";
        html.Append($"<{tag}>");
        for (; i < lines.Length && Item().Match(lines[i]) is { Success: true } item; i++)
        {
            html.Append("<li>").Append(Inline(item.Groups[1].Value)).Append("</li>");
        }

        html.Append($"</{tag}>");
        return i;
    }

    private static int AppendTable(StringBuilder html, string[] lines, int i)
    {
        html.Append("<table><thead>");
        AppendRow(html, lines[i], "th");
        html.Append("</thead><tbody>");
        for (i += 2; i < lines.Length && lines[i].TrimStart().StartsWith('|'); i++)
        {
            AppendRow(html, lines[i], "td");
        }

        html.Append("</tbody></table>");
        return i;
    }

    private static void AppendRow(StringBuilder html, string line, string cell)
    {
        html.Append("<tr>");
        foreach (var text in line.Trim().Trim('|').Split('|'))
        {
            html.Append($"<{cell}>").Append(Inline(text.Trim())).Append($"</{cell}>");
        }

        html.Append("</tr>");
    }

    private static string Inline(string text)
    {
        // Code spans are set aside: nothing inside of them is marked up.
        var parts = text.Split('`');
        var html = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            var isCode = i % 2 == 1 && i < parts.Length - 1;
            html.Append(isCode ? $"<code>{Encode(parts[i])}</code>" : i % 2 == 1 ? "`" + Marks(parts[i]) : Marks(parts[i]));
        }

        return html.ToString();
    }

    private static string Marks(string text)
    {
        var html = Encode(text);
        html = Link().Replace(html, "<a href=\"$2\" target=\"_blank\" rel=\"noreferrer\">$1</a>");
        html = Bold().Replace(html, "<strong>$1</strong>");
        return Italics().Replace(html, "<em>$1</em>");
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    [GeneratedRegex(@"^(#{1,6})\s+(.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*\|?[\s:|-]*-[\s:|-]*$")]
    private static partial Regex TableRule();

    [GeneratedRegex(@"^\s*(?:[-*]|\d{1,3}\.)\s+(.*)$")]
    private static partial Regex Item();

    // The text is encoded, so that a quote can't end the attribute; only addresses of the web.
    [GeneratedRegex(@"\[([^\]\[]{1,200})\]\((https?://[^\s()<>""]{1,2000})\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*([^*]{1,1000})\*\*")]
    private static partial Regex Bold();

    [GeneratedRegex(@"(?<![*\w])\*([^*\s][^*]{0,1000})\*(?![*\w])")]
    private static partial Regex Italics();
}
