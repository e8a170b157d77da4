using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Dashboard.Security;

/// <summary>Signing in and out.</summary>
internal static class LoginEndpoints
{
    public static void MapLogin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/login", ShowAsync);
        routes.MapPost("/login", SubmitAsync);
        routes.MapPost("/api/validatetoken", Handler.Of(ValidateAsync));
        routes.MapGet("/api/signout", SignOut);
    }

    /// <summary>A good token in the address signs in and is left behind by the redirect: the address bar and the history don't keep it.</summary>
    private static Task ShowAsync(HttpContext context)
    {
        var sessions = context.Service<BrowserSessions>();
        var query = context.Request.Query;
        var returnUrl = LocalUrl(query["returnUrl"]);
        if (context.Service<DashboardOptions>().IsUnsecured || sessions.GetSession(context) is not null)
        {
            context.Response.Redirect(returnUrl);
            return Task.CompletedTask;
        }

        string? token = query["t"];
        if (sessions.IsToken(token))
        {
            sessions.SignIn(context);
            context.Response.Redirect(returnUrl);
            return Task.CompletedTask;
        }

        return WritePageAsync(context, returnUrl, token is null ? null : "Invalid token. Please try again.");
    }

    private static async Task SubmitAsync(HttpContext context)
    {
        if (!AllowedHosts.IsSameOrigin(context.Request) || !context.Request.HasFormContentType)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var returnUrl = LocalUrl(form["returnUrl"]);
        var sessions = context.Service<BrowserSessions>();
        if (sessions.IsToken(form["token"].ToString().Trim()))
        {
            sessions.SignIn(context);
            context.Response.Redirect(returnUrl);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        await WritePageAsync(context, returnUrl, "Invalid token. Please try again.").ConfigureAwait(false);
    }

    /// <summary>The published login page's script asks this before it goes on; the token may be in the query or in a form.</summary>
    private static async Task<IResult> ValidateAsync(HttpContext context)
    {
        if (!AllowedHosts.IsSameOrigin(context.Request))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        string? token = context.Request.Query["token"];
        if (token is null && context.Request.HasFormContentType)
        {
            token = (await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false))["token"];
        }

        var (sessions, isUnsecured) = (context.Service<BrowserSessions>(), context.Service<DashboardOptions>().IsUnsecured);
        var valid = isUnsecured || sessions.IsToken(token);
        if (valid && !isUnsecured)
        {
            sessions.SignIn(context);
        }

        return Results.Json(valid);
    }

    private static Task SignOut(HttpContext context)
    {
        // A link or an image on another site must not sign anyone out.
        if (AllowedHosts.IsSameOrigin(context.Request))
        {
            BrowserSessions.SignOut(context);
        }

        context.Response.Redirect("/login");
        return Task.CompletedTask;
    }

    /// <summary>A path on this dashboard, or the first page: never another site.</summary>
    internal static string LocalUrl(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.AsSpan().ContainsAnyInRange('\0', '\x1f') && !url.StartsWith("/login", StringComparison.OrdinalIgnoreCase)
            ? url
            : "/";

    private static Task WritePageAsync(HttpContext context, string returnUrl, string? problem)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        var encode = HtmlEncoder.Default;
        return context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Login - Aspire dashboard</title>
              <link rel="stylesheet" href="{StaticAssets.Root}/css/app.css">
            </head>
            <body class="login">
              <main>
                <h1>Log in to the dashboard</h1>
                <form method="post" action="/login">
                  <label for="token">Token</label>
                  <input id="token" name="token" type="password" autocomplete="current-password" required autofocus{(problem is null ? "" : " aria-invalid=\"true\" aria-describedby=\"problem\"")}>
                  {(problem is null ? "" : $"<p id=\"problem\" role=\"alert\" class=\"error\">{encode.Encode(problem)}</p>")}
                  <input type="hidden" name="returnUrl" value="{encode.Encode(returnUrl)}">
                  <button type="submit">Log in</button>
                </form>
                <p>The token and a link that carries it are in the console output of the app host or dashboard, after <q>Login to the dashboard at</q>.</p>
              </main>
            </body>
            </html>
            """, context.RequestAborted);
    }
}
