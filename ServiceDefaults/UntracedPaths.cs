using System.Diagnostics;
using OpenTelemetry;

namespace ServiceDefaults;

/// <summary>Leaves requests to the given paths out of the traces: they are asked every few seconds and tell nothing.</summary>
internal sealed class UntracedPaths(params string[] prefixes) : BaseProcessor<Activity>
{
    // Set by ASP.NET Core before the span starts.
    private const string PathTag = "url.path";

    public override void OnStart(Activity data)
    {
        if (data.Kind is ActivityKind.Server
            && data.GetTagItem(PathTag) is string path
            && prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            data.IsAllDataRequested = false;
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
