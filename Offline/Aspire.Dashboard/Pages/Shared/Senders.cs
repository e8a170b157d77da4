using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages.Shared;

/// <summary>The names that pages of telemetry offer: each resource that sent something, and its replicas when there are several.</summary>
internal static class Senders
{
    public static IReadOnlyList<string> Names(TelemetryStore store)
    {
        var all = store.Resources.GetAll();
        return [.. all.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase).SelectMany(g => g.Count() == 1 ? [g.Key] : g.Select(r => r.UniqueName).Prepend(g.Key))];
    }
}
