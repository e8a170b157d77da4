using System.Globalization;
using System.Text;
using System.Text.Json;
using Aspire.Dashboard.Pages.ConsoleLogs;
using Aspire.Dashboard.Pages.ResourceViews;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Dashboard.Pages.Dialogs;

/// <summary>What pages do beside being shown: jump, download, keep settings, remove telemetry.</summary>
internal static class ActionEndpoints
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void MapActions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/go", Handler.Of(Go));
        routes.MapGet("/go/suggest", Handler.Of(Suggest));
        routes.MapPost("/settings", Handler.Of(SaveSettingsAsync));
        routes.MapPost("/data/clear", Handler.Of(ClearAsync));
        routes.MapGet("/consolelogs/download", Handler.Of(DownloadConsoleAsync));
        routes.MapGet("/resources/{name}/json", Handler.Of(DownloadJson));
        routes.MapGet("/resources/{name}/env", Handler.Of(DownloadEnvironment));
    }

    private static IResult Go(HttpContext context)
    {
        var page = context.Service<PageContext>();
        var wanted = page["q"] ?? "";
        return Results.LocalRedirect(Jump.Find(page, wanted) is [var first, ..] ? first.Url : "/traces?q=" + Uri.EscapeDataString(wanted));
    }

    private static IResult Suggest(HttpContext context)
    {
        var page = context.Service<PageContext>();
        return Results.Json(Jump.Find(page, page["q"] ?? ""), s_json);
    }

    private static async Task<IResult> SaveSettingsAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        Keep("dashboard-theme", form["theme"].ToString(), ["light", "dark"]);
        Keep("dashboard-clock", form["clock"].ToString(), ["24", "12", "utc"]);
        return Results.LocalRedirect(Security.LoginEndpoints.LocalUrl(form["returnUrl"]));

        void Keep(string name, string value, string[] known)
        {
            var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = TimeSpan.FromDays(365), Secure = context.Request.IsHttps };
            if (known.Contains(value))
            {
                context.Response.Cookies.Append(name, value, options);
            }
            else
            {
                context.Response.Cookies.Delete(name, options);
            }
        }
    }

    private static async Task<IResult> ClearAsync(HttpContext context)
    {
        var store = context.Service<TelemetryStore>();
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var resource = form["resource"].ToString() is { Length: > 0 } name ? name : null;
        switch (form["signal"].ToString())
        {
            case "logs":
                store.Logs.Clear(resource);
                break;
            case "traces":
                store.Traces.Clear(resource);
                break;
            case "metrics":
                store.Metrics.Clear(resource);
                break;
            default:
                store.Clear(resource);
                break;
        }

        return Results.LocalRedirect(Security.LoginEndpoints.LocalUrl(form["returnUrl"]));
    }

    private static async Task<IResult> DownloadConsoleAsync(HttpContext context)
    {
        var page = context.Service<PageContext>();
        var resource = page.FindResource(page["resource"]);
        if (page.Host is null || (page["resource"] is not null && resource is null))
        {
            return Results.NotFound();
        }

        var lines = await ConsoleBacklog.ReadAsync(page.Host, resource is null ? [.. page.Resources.Where(r => !ResourceStates.IsParameter(r))] : [resource], page.Options.MaxConsoleLogCount, context.RequestAborted).ConfigureAwait(false);
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(resource is null ? $"[{line.Resource}] " : "").Append(line.Time is { } time ? Text.Iso(time) + " " : "").Append(line.Text).Append('\n');
        }

        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/plain; charset=utf-8", $"{resource?.Name ?? "console"}-{DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.log");
    }

    private static IResult DownloadJson(HttpContext context)
    {
        if (context.Service<PageContext>().FindResource(context.Part("name")) is not { } resource)
        {
            return Results.NotFound();
        }

        // A file is passed on more easily than a page: what is secret stays here.
        var shared = resource with
        {
            Environment = [.. resource.Environment.Select(e => e.IsSecret ? e with { Value = "********" } : e)],
            Properties = [.. resource.Properties.Select(p => p.IsSensitive ? p with { Value = "********" } : p)],
        };
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(shared, s_json), "application/json", $"{resource.Name}.json");
    }

    private static IResult DownloadEnvironment(HttpContext context)
    {
        if (context.Service<PageContext>().FindResource(context.Part("name")) is not { } resource)
        {
            return Results.NotFound();
        }

        var text = new StringBuilder();
        foreach (var variable in resource.Environment)
        {
            text.Append(variable.Name).Append('=').Append(EnvFile.Quote(variable.Value ?? "")).Append('\n');
        }

        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/plain; charset=utf-8", $"{resource.DisplayName}.env");
    }
}
