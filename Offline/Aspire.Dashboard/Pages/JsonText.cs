using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aspire.Dashboard.Pages;

/// <summary>JSON as a person reads it: indented, and coloured by classes. Everything is encoded.</summary>
internal static class JsonText
{
    // What a page can bear; beyond it the text is shown as it is.
    private const int MaxLength = 100_000;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    /// <summary>Null for a text that is no JSON object or array.</summary>
    public static string? ToHtml(string text)
    {
        if (text.Length > MaxLength || text.AsSpan().Trim() is not (['{', .., '}'] or ['[', .., ']']))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, s_options);
            var html = new StringBuilder(text.Length * 2);
            Write(html, document.RootElement, 0);
            return html.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(StringBuilder html, JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteItems(html, element.EnumerateObject(), '{', '}', depth, property =>
                {
                    Span(html, "json-key", Quote(property.Name)).Append(": ");
                    Write(html, property.Value, depth + 1);
                });
                break;
            case JsonValueKind.Array:
                WriteItems(html, element.EnumerateArray(), '[', ']', depth, item => Write(html, item, depth + 1));
                break;
            case JsonValueKind.String:
                Span(html, "json-text", Quote(element.GetString()!));
                break;
            default:
                Span(html, "json-other", element.GetRawText());
                break;
        }
    }

    private static void WriteItems<T>(StringBuilder html, IEnumerable<T> items, char open, char close, int depth, Action<T> write)
    {
        html.Append(open);
        var any = false;
        foreach (var item in items)
        {
            html.Append(any ? ",\n" : "\n").Append(' ', 2 * (depth + 1));
            write(item);
            any = true;
        }

        if (any)
        {
            html.Append('\n').Append(' ', 2 * depth);
        }

        html.Append(close);
    }

    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private static StringBuilder Span(StringBuilder html, string cssClass, string text) =>
        html.Append("<span class=\"").Append(cssClass).Append("\">").Append(HtmlEncoder.Default.Encode(text)).Append("</span>");
}
