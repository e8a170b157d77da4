using System.Text.Encodings.Web;

namespace Aspire.Dashboard.Pages.Shared;

/// <summary>Texts of drawings. In Razor an element named <c>text</c> is Razor's own, so it can't be written there.</summary>
internal static class GraphText
{
    public static string Element(double x, double y, string cssClass, string text, DateTime? time = null) =>
        $"<text x=\"{Pages.Text.Coordinate(x)}\" y=\"{Pages.Text.Coordinate(y)}\" class=\"{cssClass}\"{(time is { } value ? $" data-time=\"{Pages.Text.Iso(value)}\" data-format=\"short\"" : "")}>{HtmlEncoder.Default.Encode(text)}</text>";
}
