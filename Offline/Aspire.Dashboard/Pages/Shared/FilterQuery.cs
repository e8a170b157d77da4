using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages.Shared;

/// <summary>
/// Field filters in an address: <c>filter=field:condition:value</c>, with <c>:off</c> behind it when it is switched off. Colons of the
/// parts are escaped, so that every address can be shared and read back.
/// </summary>
internal static class FilterQuery
{
    private static readonly (FilterCondition Condition, string Code, string Symbol)[] s_conditions =
    [
        (FilterCondition.Equals, "equals", "="),
        (FilterCondition.Contains, "contains", "contains"),
        (FilterCondition.NotEqual, "!equals", "≠"),
        (FilterCondition.NotContains, "!contains", "does not contain"),
        (FilterCondition.GreaterThan, "gt", ">"),
        (FilterCondition.LessThan, "lt", "<"),
        (FilterCondition.GreaterThanOrEqual, "gte", "≥"),
        (FilterCondition.LessThanOrEqual, "lte", "≤"),
    ];

    public static IEnumerable<(string Code, string Symbol)> Conditions => s_conditions.Select(c => (c.Code, c.Symbol));

    public static string Symbol(FilterCondition condition) => Array.Find(s_conditions, c => c.Condition == condition).Symbol;

    public static string Format(TelemetryFilter filter) =>
        $"{Uri.EscapeDataString(filter.Field)}:{Array.Find(s_conditions, c => c.Condition == filter.Condition).Code}:{Uri.EscapeDataString(filter.Value)}{(filter.Enabled ? "" : ":off")}";

    public static TelemetryFilter? Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is < 3 or > 4 || Array.FindIndex(s_conditions, c => c.Code == parts[1]) is not (>= 0 and var index))
        {
            return null;
        }

        return new(Uri.UnescapeDataString(parts[0]), s_conditions[index].Condition, Uri.UnescapeDataString(parts[2])) { Enabled = parts.Length == 3 };
    }

    /// <summary>The filters of the address, and the one the "add filter" form sends in fields of its own.</summary>
    public static IReadOnlyList<TelemetryFilter> Read(PageContext page)
    {
        var filters = page.All("filter").Select(Parse).OfType<TelemetryFilter>().Take(20).ToList();
        if (page["field"] is { } field && Parse($"{Uri.EscapeDataString(field)}:{page["condition"] ?? "equals"}:{Uri.EscapeDataString(page["value"] ?? "")}") is { } added)
        {
            filters.Add(added);
        }

        return filters;
    }
}
