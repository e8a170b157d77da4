using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ServiceDefaults;

/// <summary>
/// Names request spans by OpenTelemetry's convention, method and route. The framework's own instrumentation names a span before its route is known,
/// and leaves it at the method.
/// </summary>
internal static class HttpSpanNames
{
    private const string RequestOperation = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    public static void Use(WebApplication app) => app.Use(next => context =>
    {
        if (Activity.Current is { IsAllDataRequested: true, OperationName: RequestOperation } span
            && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route }
            && span.GetTagItem("http.request.method") is string method)
        {
            span.DisplayName = $"{method} {route}";
            span.SetTag("http.route", route);
        }

        return next(context);
    });
}
