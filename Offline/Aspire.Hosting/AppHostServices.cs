using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>The services every AppHost has.</summary>
internal static class AppHostServices
{
    public static void AddAppHost(this IServiceCollection services, IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(new DistributedApplicationModel(builder.Resources));
        services.AddSingleton<TemporaryFolders>();
        services.AddHostedService<AppHostLifecycle>();
        services.AddExecution(builder, options);
        services.AddHostedService<AppHostStarted>();
        if (builder.ExecutionContext.IsPublishMode)
        {
            services.AddSingleton<ManifestPublisher>();
            services.AddHostedService<PublishService>();
        }

        services.AddHealthChecks();
        services.AddHttpClient();
    }

    public static void AddAppHostLogging(this IServiceCollection services, IConfiguration configuration) =>
        services.AddLogging(logging =>
        {
            logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
            logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
            logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
            logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

            // The health of resources is in their state; a failing check is not an error of the AppHost.
            logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
            if (Enum.TryParse<LogLevel>(configuration["ASPIRE_LOGLEVEL"], ignoreCase: true, out var level))
            {
                logging.SetMinimumLevel(level);
            }
        });
}
