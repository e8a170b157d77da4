namespace AppHost;

/// <summary>Lets a resource link into the dashboard that this AppHost runs.</summary>
internal static class DashboardLinkExtensions
{
    /// <summary>Adds <c>DASHBOARD_URL</c> to the environment, while the application runs here; a deployed one has no such dashboard.</summary>
    public static IResourceBuilder<T> WithDashboardLink<T>(this IResourceBuilder<T> resource)
        where T : IResourceWithEnvironment
    {
        var builder = resource.ApplicationBuilder;
        var dashboard = builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0];
        return builder.ExecutionContext.IsRunMode && !string.IsNullOrEmpty(dashboard)
            ? resource.WithEnvironment("DASHBOARD_URL", dashboard)
            : resource;
    }
}
