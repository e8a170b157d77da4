using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Security;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Dashboard.Api;

/// <summary>
/// The telemetry API: <c>/api/telemetry/resources|spans|logs|traces|traces/{traceId}</c> in the published form, and
/// <c>/api/telemetry/accounts</c>, which tells what became of everything that was sent.
/// </summary>
internal static class TelemetryApi
{
    private const int DefaultItems = 200;
    private const int DefaultTraces = 100;
    private const int MostItems = 10_000;

    public static void MapTelemetryApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/telemetry");
        api.MapGet("/resources", Guarded(ResourcesAsync));
        api.MapGet("/accounts", Guarded(AccountsAsync));
        api.MapGet("/spans", Guarded(SpansAsync));
        api.MapGet("/logs", Guarded(LogsAsync));
        api.MapGet("/traces", Guarded(TracesAsync));
        api.MapGet("/traces/{traceId}", Guarded(TraceAsync));
    }

    /// <summary>Programs show the key; pages are signed in.</summary>
    private static RequestDelegate Guarded(RequestDelegate handler) => context =>
    {
        var services = context.RequestServices;
        var options = (DashboardOptions)services.GetService(typeof(DashboardOptions))!;
        var sessions = (BrowserSessions)services.GetService(typeof(BrowserSessions))!;
        if (!options.ApiEnabled)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var allowed = options.ApiUnsecured
            || (options.IsUnsecured && options.ApiKey is null)
            || FixedTime.EqualsEither(options.ApiKey, options.ApiSecondaryKey, context.Request.Headers["X-API-Key"])
            || sessions.GetSession(context) is not null;
        if (!allowed || !AllowedHosts.IsSameOrigin(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        return handler(context);
    };

    private static TelemetryStore Store(HttpContext context) => (TelemetryStore)context.RequestServices.GetService(typeof(TelemetryStore))!;

    private static Task ResourcesAsync(HttpContext context) => WriteAsync(context, json =>
    {
        json.WriteStartArray();
        foreach (var resource in Store(context).Resources.GetAll())
        {
            json.WriteStartObject();
            json.WriteString("name", resource.Name);
            json.WriteString("instanceId", resource.InstanceId);
            json.WriteString("displayName", Store(context).Resources.GetDisplayName(resource));
            json.WriteBoolean("hasLogs", resource.LogCount > 0);
            json.WriteBoolean("hasTraces", resource.SpanCount > 0);
            json.WriteBoolean("hasMetrics", resource.InstrumentCount > 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static Task AccountsAsync(HttpContext context) => WriteAsync(context, json =>
    {
        json.WriteStartObject();
        foreach (var account in Store(context).GetAccounts())
        {
            json.WriteStartObject(account.Signal switch
            {
                TelemetrySignal.Logs => "logs",
                TelemetrySignal.Traces => "spans",
                _ => "dataPoints",
            });
            json.WriteNumber("received", account.Received);
            json.WriteNumber("kept", account.Kept);
            json.WriteNumber("evicted", account.Evicted);
            json.WriteNumber("refused", account.Refused);
            json.WriteNumber("duplicates", account.Duplicates);
            json.WriteNumber("cleared", account.Cleared);
            json.WriteNumber("lost", account.Lost);
            json.WriteNumber("refusedRequests", account.RefusedRequests);
            json.WriteNumber("bytes", account.Bytes);
            json.WriteEndObject();
        }

        json.WriteNumber("traces", Store(context).Traces.Count);
        json.WriteNumber("requestsReceived", Store(context).Traces.RequestsReceived);
        json.WriteEndObject();
    });

    private static Task SpansAsync(HttpContext context)
    {
        if (Read(context, DefaultItems) is not { } asked)
        {
            return Task.CompletedTask;
        }

        var store = Store(context).Traces;
        var query = new SpanQuery { Resources = asked.Resources, TraceId = asked.TraceId, HasError = asked.HasError, Limit = asked.Limit };
        return asked.Follow
            ? FollowAsync<Span>(context, store.Changes, after =>
            {
                // All that is new from the second look on: the limit is one of the backlog.
                var page = store.QuerySpans(query with { AfterSequence = after, Limit = after == 0 ? query.Limit : int.MaxValue });
                return (page.Items, page.LastSequence);
            }, OtlpJsonWriter.WriteSpans)
            : WritePageAsync(context, store.QuerySpans(query), static p => (p.Items, p.TotalCount), OtlpJsonWriter.WriteSpans);
    }

    private static Task LogsAsync(HttpContext context)
    {
        if (Read(context, DefaultItems) is not { } asked)
        {
            return Task.CompletedTask;
        }

        var store = Store(context).Logs;
        var query = new LogQuery
        {
            Resources = asked.Resources,
            TraceId = asked.TraceId,
            MinimumSeverity = asked.HasError == true && asked.Severity < LogSeverity.Error ? LogSeverity.Error : asked.Severity,
            Limit = asked.Limit,
        };
        return asked.Follow
            ? FollowAsync<LogRecord>(context, store.Changes, after =>
            {
                var page = store.Query(query with { AfterSequence = after, Limit = after == 0 ? query.Limit : int.MaxValue });
                return (page.Items, page.LastSequence);
            }, OtlpJsonWriter.WriteLogs)
            : WritePageAsync(context, store.Query(query), static p => (p.Items, p.TotalCount), OtlpJsonWriter.WriteLogs);
    }

    private static Task TracesAsync(HttpContext context)
    {
        if (Read(context, DefaultTraces) is not { } asked)
        {
            return Task.CompletedTask;
        }

        var page = Store(context).Traces.Query(new TraceQuery { Resources = asked.Resources, HasError = asked.HasError, Limit = asked.Limit });
        var traces = page.Items.Where(t => asked.TraceId is not { } id || t.TraceId == id).ToArray();
        return WriteDataAsync(context, traces.SelectMany(t => t.Spans), asked.TraceId is null ? page.TotalCount : traces.Length, traces.Length, OtlpJsonWriter.WriteSpans);
    }

    private static Task TraceAsync(HttpContext context)
    {
        if (TraceId.TryParse(context.Request.RouteValues["traceId"] as string, out var id) && Store(context).Traces.Find(id) is { } trace)
        {
            return WriteDataAsync(context, trace.Spans, 1, 1, OtlpJsonWriter.WriteSpans);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task WritePageAsync<TPage, TItem>(HttpContext context, TPage page, Func<TPage, (IReadOnlyList<TItem> Items, int Total)> read, Action<Utf8JsonWriter, IEnumerable<TItem>> write)
    {
        var (items, total) = read(page);
        return WriteDataAsync(context, items, total, items.Count, write);
    }

    private static Task WriteDataAsync<T>(HttpContext context, IEnumerable<T> items, int total, int returned, Action<Utf8JsonWriter, IEnumerable<T>> write) =>
        WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("data");
            write(json, items);
            json.WriteNumber("totalCount", total);
            json.WriteNumber("returnedCount", returned);
            json.WriteEndObject();
        });

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        var json = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (json.ConfigureAwait(false))
        {
            write(json);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>One line for each look that found something: OTLP JSON of all that is new. Ends with the client or the dashboard.</summary>
    private static async Task FollowAsync<T>(
        HttpContext context, ChangeSignal changes, Func<long, (IReadOnlyList<T> Items, long Last)> look, Action<Utf8JsonWriter, IEnumerable<T>> write)
    {
        var host = (DashboardHost)context.RequestServices.GetService(typeof(DashboardHost))!;
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.Stopping);
        context.Response.ContentType = "application/x-ndjson";
        var writer = context.Response.BodyWriter;
        try
        {
            await context.Response.StartAsync(closed.Token).ConfigureAwait(false);
            await writer.FlushAsync(closed.Token).ConfigureAwait(false);
            for (long version = -1, after = 0; ;)
            {
                version = await changes.WaitAsync(version, closed.Token).ConfigureAwait(false);
                var (items, last) = look(after);
                after = last;
                if (items.Count > 0)
                {
                    var json = new Utf8JsonWriter(writer);
                    await using (json.ConfigureAwait(false))
                    {
                        write(json, items);
                    }

                    writer.GetSpan(1)[0] = (byte)'\n';
                    writer.Advance(1);
                    await writer.FlushAsync(closed.Token).ConfigureAwait(false);
                }

                await Task.Delay(100, closed.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The usual end.
        }
    }

    /// <summary>Reads the query, or answers 400 and returns null.</summary>
    private static Asked? Read(HttpContext context, int defaultLimit)
    {
        var query = context.Request.Query;
        var asked = new Asked { Resources = [.. query["resource"].OfType<string>().Where(r => r.Length > 0)], Limit = defaultLimit };
        if (query["traceId"] is [{ Length: > 0 } traceText, ..])
        {
            if (!TraceId.TryParse(traceText, out var id))
            {
                return Bad("traceId must be 32 hexadecimal digits.");
            }

            asked.TraceId = id;
        }

        if (query["limit"] is [{ Length: > 0 } limitText, ..])
        {
            if (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit < 1)
            {
                return Bad("limit must be a positive number.");
            }

            asked.Limit = Math.Min(limit, MostItems);
        }

        if (query["hasError"] is [{ Length: > 0 } errorText, ..])
        {
            if (!bool.TryParse(errorText, out var hasError))
            {
                return Bad("hasError must be true or false.");
            }

            asked.HasError = hasError;
        }

        if (query["severity"] is [{ Length: > 0 } severityText, ..])
        {
            if (!Enum.TryParse<LogSeverity>(severityText, ignoreCase: true, out var severity))
            {
                return Bad("severity must be Trace, Debug, Information, Warning, Error or Critical.");
            }

            asked.Severity = severity;
        }

        asked.Follow = bool.TryParse(query["follow"], out var follow) && follow;
        return asked;

        Asked? Bad(string problem)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.Headers.ContentLength = problem.Length;
            context.Response.BodyWriter.Write(System.Text.Encoding.ASCII.GetBytes(problem));
            return null;
        }
    }

    private sealed class Asked
    {
        public required string[] Resources { get; init; }

        public TraceId? TraceId { get; set; }

        public bool? HasError { get; set; }

        public LogSeverity Severity { get; set; }

        public bool Follow { get; set; }

        public int Limit { get; set; }
    }
}
