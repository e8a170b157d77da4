using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Security;

/// <summary>
/// What every request for the pages passes: the host name, the headers, who is signed in, and whether a command came from our own pages.
/// </summary>
internal sealed class FrontendGuard(DashboardOptions options, AllowedHosts hosts, BrowserSessions sessions)
{
    // No script, style or frame but our own files; images may be data (icons drawn in CSS).
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        AddHeaders(context);
        var request = context.Request;
        if (!hosts.IsAllowed(request.Host))
        {
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This dashboard does not answer to that host name. Add it to AllowedHosts to allow it.");
        }

        if (IsPublic(request.Path) || IsApi(request.Path))
        {
            return next(context);
        }

        if (!options.IsUnsecured && sessions.GetSession(context) is null)
        {
            return ChallengeAsync(context);
        }

        return IsSafe(request.Method) ? next(context) : CommandAsync(context, next);
    }

    private async Task CommandAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!AllowedHosts.IsSameOrigin(request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "The request came from another site.").ConfigureAwait(false);
            return;
        }

        string? token = request.Headers["X-CSRF-Token"];
        if (token is null && request.HasFormContentType)
        {
            try
            {
                token = (await request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false))["__RequestVerificationToken"];
            }
            catch (Exception problem) when (problem is InvalidDataException or BadHttpRequestException)
            {
                await RefuseAsync(context, StatusCodes.Status400BadRequest, "The form can't be read.").ConfigureAwait(false);
                return;
            }
        }

        if (!sessions.IsAntiforgeryToken(context, token))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The page is out of date. Load it again.").ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    private static void AddHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not no-referrer: with that a browser sends "Origin: null" with our own forms, and they would be refused.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";
    }

    /// <summary>The login page and what it needs, and what watches over the dashboard.</summary>
    private static bool IsPublic(PathString path) =>
        path.Value is "/login" or "/health" or "/api/validatetoken" or "/favicon.ico" or "/favicon.svg"
        || path.StartsWithSegments("/css") || path.StartsWithSegments("/js") || path.StartsWithSegments("/assets");

    /// <summary>The telemetry API has a key of its own.</summary>
    private static bool IsApi(PathString path) => path.StartsWithSegments("/api/telemetry");

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static Task ChallengeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Path.StartsWithSegments("/api"))
        {
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, "Sign in first.");
        }

        var target = request.Path + request.QueryString;
        context.Response.Redirect(target == "/" ? "/login" : $"/login?returnUrl={Uri.EscapeDataString(target)}");
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}
