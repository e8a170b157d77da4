using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Execution;

/// <summary>Every health check a resource names must be registered: one that is not would never become healthy.</summary>
internal static partial class HealthCheckKeys
{
    /// <exception cref="OptionsValidationException">One is missing.</exception>
    public static void Check(IEnumerable<IResource> resources, IServiceProvider services, ILogger logger)
    {
        var registered = services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(registration => registration.Name).ToHashSet(StringComparer.Ordinal);
        var missing = resources
            .SelectMany(resource => resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => (Resource: resource, check.Key)))
            .Where(check => !registered.Contains(check.Key))
            .ToList();
        foreach (var (resource, key) in missing)
        {
            Log.Missing(logger, key, resource.Name);
        }

        if (missing.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(HealthCheckServiceOptions), ["A health check registration is missing. Check logs for more details."]);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Critical, "The health check '{Key}' is not registered and is required for resource '{ResourceName}'.")]
        public static partial void Missing(ILogger logger, string key, string resourceName);
    }
}
