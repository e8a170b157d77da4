using System.Globalization;
using Aspire.Dashboard.Pages.Dialogs;
using Aspire.Dashboard.Pages.ResourceViews;
using Aspire.Dashboard.Security;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Aspire.Dashboard.Pages;

/// <summary>The pages. All of them are behind <see cref="FrontendGuard"/>: who gets here is signed in, and commands are genuine.</summary>
internal static class PageEndpoints
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<IComponentActivator, PlainActivator>();
        services.AddRazorComponents();
        // Components bring data protection along, which would write keys into the user's home at every start. Nothing here uses it:
        // sign-in and commands have keys of their own.
        foreach (var keys in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true).ToArray())
        {
            services.Remove(keys);
        }

        services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider, EphemeralDataProtectionProvider>());
        services.AddHttpContextAccessor();
        services.AddSingleton<InteractionCenter>();
        services.AddHostedService(s => s.GetRequiredService<InteractionCenter>());
        services.AddScoped(CreateContext);
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Page<ResourcesPage>);
        routes.MapGet("/consolelogs", Page<ConsoleLogs.ConsoleLogsPage>);
        routes.MapGet("/consolelogs/resource/{name}", Page<ConsoleLogs.ConsoleLogsPage>);
        routes.MapGet("/structuredlogs", Page<StructuredLogs.StructuredLogsPage>);
        routes.MapGet("/structuredlogs/resource/{name}", Page<StructuredLogs.StructuredLogsPage>);
        routes.MapGet("/traces", Page<Traces.TracesPage>);
        routes.MapGet("/traces/resource/{name}", Page<Traces.TracesPage>);
        routes.MapGet("/traces/detail/{traceId}", Page<Traces.TraceDetailPage>);
        routes.MapGet("/metrics", Page<Metrics.MetricsPage>);
        routes.MapGet("/metrics/resource/{name}", Page<Metrics.MetricsPage>);
        routes.MapGet("/settings", Page<SettingsPage>);
        routes.MapGet("/help", Page<HelpPage>);
        routes.MapGet("/data", Page<DataPage>);
        routes.MapGet("/notifications", Page<NotificationsPage>);
        routes.MapCommands();
        routes.MapActions();
        routes.MapGet("/error/{code:int}", context => Error(context, int.Parse(context.Part("code"), CultureInfo.InvariantCulture)));
        routes.MapFallback("{**path}", context => Error(context, StatusCodes.Status404NotFound));
    }

    private static Task Page<T>(HttpContext context) where T : IComponent => new RazorComponentResult<T>().ExecuteAsync(context);

    private static Task Error(HttpContext context, int code) => new RazorComponentResult<ErrorPage> { StatusCode = code }.ExecuteAsync(context);

    private static PageContext CreateContext(IServiceProvider services)
    {
        var http = services.GetRequiredService<IHttpContextAccessor>().HttpContext ?? throw new InvalidOperationException("There is no request to make a page for.");
        return new(
            http,
            services.GetRequiredService<TelemetryStore>(),
            services.GetRequiredService<DashboardOptions>(),
            services.GetRequiredService<DashboardHost>().ResourceService,
            services.GetRequiredService<InteractionCenter>(),
            services.GetRequiredService<BrowserSessions>().GetAntiforgeryToken(http));
    }
}
