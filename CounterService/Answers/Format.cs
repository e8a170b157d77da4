using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CounterService.Answers;

/// <summary>The forms an answer can take.</summary>
internal enum Format
{
    Text,
    Html,
    Json,
}

/// <summary>Chooses the form by the request's <c>Accept</c> header.</summary>
internal static class Negotiation
{
    public static Format Choose(StringValues accept)
    {
        // curl, wrk and most programs send this or nothing.
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is null or "" or "*/*"))
        {
            return Format.Text;
        }

        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return Format.Text;
        }

        var (text, html, json) = (Quality(ranges, "text", "plain"), Quality(ranges, "text", "html"), Quality(ranges, "application", "json"));
        return html > text && html >= json ? Format.Html
            : json > text ? Format.Json
            : Format.Text;
    }

    /// <summary>The quality of the most specific range that covers the type.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> ranges, string type, string subtype)
    {
        var (best, quality) = (-1, 0.0);
        foreach (var range in ranges)
        {
            var specificity = range.MatchesAllTypes ? 0
                : !range.Type.Equals(type, StringComparison.OrdinalIgnoreCase) ? -1
                : range.MatchesAllSubTypes ? 1
                : range.SubType.Equals(subtype, StringComparison.OrdinalIgnoreCase) ? 2
                : -1;
            if (specificity > best)
            {
                (best, quality) = (specificity, range.Quality ?? 1);
            }
        }

        return quality;
    }
}
