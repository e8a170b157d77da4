using System.Globalization;
using System.Text.Json;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Dashboard.Live;

/// <summary>
/// What pages are kept live by: streams of server-sent events.
/// <list type="bullet">
/// <item><c>GET /api/live?signals=logs,traces,metrics,resources,interactions</c>: an event named after the signal for each change, at most
/// five a second each; data: <c>{"version":n,"account":{…}}</c> for telemetry, the changed resource names for resources, the <see cref="Interaction"/> for interactions
/// (camel case). The page then asks for what it shows again. The first events come at once.</item>
/// <item><c>GET /api/live/console?resource=NAME[&amp;resource=…]</c>: events <c>lines</c>, data: <c>{"resource":"…","lines":[{"n":1,"text":"…","error":false}]}</c>,
/// first the backlog (its last <c>tail</c> lines, if given).</item>
/// </list>
/// A comment line every 15 seconds keeps the connection open and finds out who has gone.
/// </summary>
internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/live", StreamSignalsAsync);
        routes.MapGet("/api/live/console", StreamConsoleAsync);
    }

    private static async Task StreamSignalsAsync(HttpContext context)
    {
        var (store, resources) = (context.Service<TelemetryStore>(), context.Service<IResourceService>());
        var wanted = context.Request.Query["signals"].ToString().Split(',', StringSplitOptions.TrimEntries);
        await using var stream = await EventStream.OpenAsync(context, context.Service<DashboardHost>().Stopping).ConfigureAwait(false);
        using var place = context.Service<StreamBudget>().Enter(context, stream);
        List<Task> sources = [];
        if (wanted.Contains("logs"))
        {
            sources.Add(SendChangesAsync(stream, "logs", store.Logs.Changes, store.Logs.GetAccount));
        }

        if (wanted.Contains("traces"))
        {
            sources.Add(SendChangesAsync(stream, "traces", store.Traces.Changes, store.Traces.GetAccount));
        }

        if (wanted.Contains("metrics"))
        {
            sources.Add(SendChangesAsync(stream, "metrics", store.Metrics.Changes, store.Metrics.GetAccount));
        }

        if (wanted.Contains("resources"))
        {
            sources.Add(SendResourcesAsync(stream, resources));
        }

        if (wanted.Contains("interactions"))
        {
            sources.Add(SendInteractionsAsync(stream, resources));
        }

        await stream.RunAsync(sources).ConfigureAwait(false);
    }

    private static async Task SendChangesAsync(EventStream stream, string signal, ChangeSignal changes, Func<SignalAccount> account)
    {
        long seen = -1;
        while (true)
        {
            seen = await changes.WaitAsync(seen, stream.Closed).ConfigureAwait(false);
            await stream.SendAsync(signal, JsonSerializer.SerializeToUtf8Bytes(new SignalChange(seen, account()), LiveJson.Default.SignalChange)).ConfigureAwait(false);
            await Task.Delay(200, stream.Closed).ConfigureAwait(false);
        }
    }

    private static async Task SendResourcesAsync(EventStream stream, IResourceService resources)
    {
        await foreach (var changes in resources.WatchResourcesAsync(stream.Closed).ConfigureAwait(false))
        {
            string[] names = [.. changes.Select(c => c.Resource.Name).Distinct()];
            await stream.SendAsync("resources", JsonSerializer.SerializeToUtf8Bytes(names, LiveJson.Default.StringArray)).ConfigureAwait(false);
        }
    }

    private static async Task StreamConsoleAsync(HttpContext context)
    {
        var (host, resources) = (context.Service<DashboardHost>(), context.Service<IResourceService>());
        var query = context.Request.Query;
        var tail = int.TryParse(query["tail"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : host.Options.MaxConsoleLogCount;
        await using var stream = await EventStream.OpenAsync(context, host.Stopping).ConfigureAwait(false);
        using var place = context.Service<StreamBudget>().Enter(context, stream);
        await stream.RunAsync([.. query["resource"].OfType<string>().Distinct().Take(100).Select(name => SendConsoleAsync(stream, resources, name, tail))]).ConfigureAwait(false);
    }

    private static async Task SendConsoleAsync(EventStream stream, IResourceService resources, string name, int tail)
    {
        await foreach (var batch in resources.WatchConsoleLogsAsync(name, follow: true, stream.Closed).ConfigureAwait(false))
        {
            var lines = batch.Skip(Math.Max(0, batch.Count - tail)).Select(l => new ConsoleLine(l.LineNumber, l.Text, l.IsError)).ToArray();
            await stream.SendAsync("lines", JsonSerializer.SerializeToUtf8Bytes(new ConsoleLines(name, lines), LiveJson.Default.ConsoleLines)).ConfigureAwait(false);
        }
    }

    private static async Task SendInteractionsAsync(EventStream stream, IResourceService resources)
    {
        await foreach (var interaction in resources.WatchInteractionsAsync(stream.Closed).ConfigureAwait(false))
        {
            await stream.SendAsync("interactions", JsonSerializer.SerializeToUtf8Bytes(interaction, LiveJson.Default.Interaction)).ConfigureAwait(false);
        }
    }
}
