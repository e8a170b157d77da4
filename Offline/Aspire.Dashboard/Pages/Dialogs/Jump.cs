using System.Globalization;
using Aspire.Dashboard.Pages.ResourceViews;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages.Dialogs;

/// <summary>A place the palette leads to.</summary>
internal sealed record JumpTarget(string Title, string Detail, string Icon, string Url);

/// <summary>Finds places by what was typed: the number of a counted request, a trace id, a page, a resource.</summary>
internal static class Jump
{
    /// <summary>The attribute in which the counter service puts the number a request got.</summary>
    public const string NumberAttribute = "counter.number";

    private static readonly JumpTarget[] s_pages =
    [
        new("Resources", "Page", "resources", "/"),
        new("Resource graph", "Page", "resources", "/?view=Graph"),
        new("Parameters", "Page", "key", "/?view=Parameters"),
        new("Console logs", "Page", "console", "/consolelogs"),
        new("Structured logs", "Page", "logs", "/structuredlogs"),
        new("Traces", "Page", "traces", "/traces"),
        new("Failed traces", "Page", "error", "/traces?errors=true"),
        new("Service map", "Page", "traces", "/traces?view=Map"),
        new("Metrics", "Page", "metrics", "/metrics"),
        new("Telemetry: export, import, remove", "Page", "data", "/data"),
        new("Settings", "Page", "settings", "/settings"),
        new("Help and keyboard", "Page", "help", "/help"),
    ];

    public static IReadOnlyList<JumpTarget> Find(PageContext page, string text)
    {
        text = text.Trim();
        List<JumpTarget> found = [];
        if (TraceId.TryParse(text, out var traceId) && page.Store.Traces.Find(traceId) is { } trace)
        {
            found.Add(ForTrace(trace, "Trace"));
        }

        if (long.TryParse(text.TrimStart('#').Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            found.AddRange(ForNumber(page, number));
        }

        found.AddRange(page.Resources.Where(r => !r.IsHidden && Contains(r.Name)).SelectMany(r => ForResource(page, r, text.Length > 0)));
        found.AddRange(s_pages.Where(p => Contains(p.Title) && (page.Host is not null || p.Icon is not ("resources" or "key" or "console"))));
        if (text.Length >= 4 && found.Count < 5)
        {
            found.AddRange(page.Store.Traces.Query(new() { Text = text, Limit = 8 }).Items.Where(t => found.TrueForAll(f => f.Url != Links.Trace(t.TraceId))).Select(t => ForTrace(t, "Trace")));
        }

        return [.. found.Take(20)];

        bool Contains(string title) => title.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<JumpTarget> ForNumber(PageContext page, long number)
    {
        var query = new SpanQuery { Filters = [new(NumberAttribute, FilterCondition.Equals, number.ToString(CultureInfo.InvariantCulture))], Limit = 5 };
        return page.Store.Traces.QuerySpans(query).Items.Reverse().Select(s => new JumpTarget($"Request number {Text.Count(number)}", $"{s.Resource.Name}: {Text.Cut(s.Name, 80)}", "traces", Links.Trace(s.TraceId, s.SpanId)));
    }

    private static IEnumerable<JumpTarget> ForResource(PageContext page, Aspire.Dashboard.Resources.ResourceViewModel resource, bool all)
    {
        var name = ResourceStates.ShownName(resource, page.Resources);
        var url = ResourceStates.IsParameter(resource) ? $"/?view=Parameters&resource={Uri.EscapeDataString(resource.Name)}" : Links.Resource(resource.Name);
        yield return new(name, $"Resource, {ResourceStates.Label(resource)}", ResourceStates.TypeIcon(resource), url);
        if (all && !ResourceStates.IsParameter(resource))
        {
            yield return new($"{name}: console logs", "Resource", "console", Links.Console(resource.Name));
            yield return new($"{name}: traces", "Resource", "traces", Links.Traces(resource.DisplayName));
            yield return new($"{name}: structured logs", "Resource", "logs", Links.Logs(resource.DisplayName));
            yield return new($"{name}: metrics", "Resource", "metrics", Links.Metrics(resource.DisplayName));
        }
    }

    private static JumpTarget ForTrace(Trace trace, string kind) =>
        new(Text.Cut(trace.FullName, 100), $"{kind} {trace.TraceId.ToString()[..7]}, {Text.Duration(trace.Duration)}", "traces", Links.Trace(trace.TraceId));
}
