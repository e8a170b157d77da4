using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Adds services that are not part of the application.</summary>
public static partial class ExternalServiceBuilderExtensions
{
    /// <summary>Adds a service by its URL.</summary>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, string url)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(url);
        try
        {
            return builder.AddExternalService(name, ExternalServiceResource.Parse(url));
        }
        catch (ArgumentException exception) when (exception.ParamName is null or "uri")
        {
            throw new ArgumentException($"The external service URL '{url}' is invalid: {exception.Message}", nameof(url));
        }
    }

    /// <summary>Adds a service by its URL.</summary>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, Uri uri)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(uri);
        return Add(builder, new ExternalServiceResource(name, uri)).WithUrl(uri.ToString());
    }

    /// <summary>Adds a service whose URL is a parameter.</summary>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource> urlParameter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(urlParameter);
        var service = new ExternalServiceResource(name, urlParameter.Resource);
        return Add(builder, service).WithUrls(async context =>
        {
            try
            {
                context.Urls.Add(new ResourceUrlAnnotation { Url = (await service.GetUriAsync(context.CancellationToken).ConfigureAwait(false)).ToString() });
            }
            catch (Exception exception) when (exception is ArgumentException or MissingParameterValueException)
            {
                // Said where the service fails to start.
            }
        });
    }

    /// <summary>Has the health of the service follow the answer to an HTTP request.</summary>
    public static IResourceBuilder<ExternalServiceResource> WithHttpHealthCheck(this IResourceBuilder<ExternalServiceResource> builder, string? path = null, int? statusCode = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (path is not null && !Uri.IsWellFormedUriString(path, UriKind.Relative))
        {
            throw new ArgumentException($"The path '{path}' is not a valid relative URL.", nameof(path));
        }

        var service = builder.Resource;
        var expected = statusCode ?? 200;
        var key = path is null ? $"{service.Name}_external_{expected}_check" : $"{service.Name}_external_{path}_{expected}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => new ExternalServiceHealthCheck(service, path, expected, services.GetRequiredService<IHttpClientFactory>()),
            failureStatus: null,
            tags: null));
        return builder.WithHealthCheck(key);
    }

    private static IResourceBuilder<ExternalServiceResource> Add(IDistributedApplicationBuilder builder, ExternalServiceResource service) =>
        builder.AddResource(service)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "ExternalService", State = KnownResourceStates.Waiting, Properties = [] })
            .ExcludeFromManifest()
            .OnInitializeResource(ShowAsync);

    /// <summary>A service is there once its URL is known, and what it waits for is there.</summary>
    private static async Task ShowAsync(ExternalServiceResource service, InitializeResourceEvent initialize, CancellationToken cancellationToken)
    {
        try
        {
            var uri = await service.GetUriAsync(cancellationToken).ConfigureAwait(false);
            await initialize.Eventing.PublishAsync(new BeforeResourceStartedEvent(service, initialize.Services), cancellationToken).ConfigureAwait(false);
            await initialize.Notifications.PublishUpdateAsync(service, snapshot => snapshot with
            {
                State = KnownResourceStates.Running,
                Properties = snapshot.Properties.With(KnownProperties.Source, uri.Host),
            }).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (exception is ArgumentException)
            {
                Log.Invalid(initialize.Logger, service.UrlParameter?.Name, exception.Message);
            }
            else
            {
                Log.Failed(initialize.Logger, exception, service.UrlParameter?.Name);
            }

            await initialize.Notifications.PublishUpdateAsync(service, snapshot => snapshot with { State = KnownResourceStates.FailedToStart }).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Error, "The value for URL parameter '{Parameter}' is invalid: {Reason}")]
        public static partial void Invalid(ILogger logger, string? parameter, string reason);

        [LoggerMessage(0, LogLevel.Error, "Failed to get value for URL parameter '{Parameter}'")]
        public static partial void Failed(ILogger logger, Exception exception, string? parameter);
    }
}
