namespace Aspire.Dashboard.Pages;

/// <summary>Addresses that come from outside: only those of the web become links, never <c>javascript:</c>.</summary>
internal static class Links
{
    public static string? Safe(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? url : null;

    public static string Trace(Telemetry.TraceId trace, Telemetry.SpanId? span = null) =>
        span is { IsEmpty: false } id ? $"/traces/detail/{trace}?spanId={id}" : $"/traces/detail/{trace}";

    public static string Console(string resource) => $"/consolelogs/resource/{Uri.EscapeDataString(resource)}";

    public static string Logs(string resource) => $"/structuredlogs/resource/{Uri.EscapeDataString(resource)}";

    public static string Traces(string resource) => $"/traces/resource/{Uri.EscapeDataString(resource)}";

    public static string Metrics(string resource) => $"/metrics/resource/{Uri.EscapeDataString(resource)}";

    public static string Resource(string resource) => $"/?resource={Uri.EscapeDataString(resource)}";

    public static string Command(string resource, string command) => $"/commands/{Uri.EscapeDataString(resource)}/{Uri.EscapeDataString(command)}";
}
