using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Dashboard;

/// <summary>
/// Endpoints are plain delegates here. What binds the parameters of other handlers is compiled from expressions when the first request
/// comes, which takes that request a tenth of a second and the process some megabytes for as long as it lives.
/// </summary>
internal static class Handler
{
    public static RequestDelegate Of(Func<HttpContext, IResult> handler) => context => handler(context).ExecuteAsync(context);

    public static RequestDelegate Of(Func<HttpContext, Task<IResult>> handler) => async context =>
        await (await handler(context).ConfigureAwait(false)).ExecuteAsync(context).ConfigureAwait(false);

    public static T Service<T>(this HttpContext context) where T : notnull => context.RequestServices.GetRequiredService<T>();

    /// <summary>A part of the path that the route names.</summary>
    public static string Part(this HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
