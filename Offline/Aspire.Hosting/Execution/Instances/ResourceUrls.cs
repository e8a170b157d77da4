using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Works out where a resource can be reached and how that is shown.</summary>
internal sealed partial class ResourceUrls(ResourceNotificationService notifications, ResourceLoggerService loggers, DistributedApplicationExecutionContext executionContext)
{
    /// <summary>Publishes the URLs of a resource, inactive until it runs.</summary>
    public async Task PublishAsync(IResource resource, CancellationToken cancellationToken)
    {
        var urls = await UrlsAsync(resource, cancellationToken).ConfigureAwait(false);

        // Kept for everyone who asks the resource, as ResourceExtensions.TryGetUrls does.
        foreach (var old in resource.Annotations.OfType<ResourceUrlAnnotation>().ToList())
        {
            resource.Annotations.Remove(old);
        }

        urls.ForEach(resource.Annotations.Add);
        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            Urls =
            [
                .. snapshot.Urls.Where(url => url.Name is null && urls.TrueForAll(own => own.Url != url.Url)),
                .. urls.Select(url => new UrlSnapshot(url.Endpoint?.EndpointName, url.Url, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
                {
                    IsInactive = url.Endpoint is not null || InstanceNames.IsRun(resource),
                    DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", url.DisplayOrder ?? 0),
                }),
            ],
        }).ConfigureAwait(false);
    }

    public Task ActivateAsync(IResource resource, string instance, bool active) =>
        notifications.PublishUpdateAsync(resource, instance, snapshot => snapshot with { Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = !active })] });

    private async Task<List<ResourceUrlAnnotation>> UrlsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var urls = new List<ResourceUrlAnnotation>();
        if (resource is IResourceWithEndpoints withEndpoints)
        {
            urls.AddRange(resource.Annotations.OfType<EndpointAnnotation>()
                .Where(endpoint => endpoint.AllocatedEndpoint is not null)
                .Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.AllocatedEndpoint!.UriString, Endpoint = new EndpointReference(withEndpoints, endpoint) }));
        }

        urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>().Where(url => url.Endpoint is null));
        var context = new ResourceUrlsCallbackContext(executionContext, resource, urls, cancellationToken) { Logger = loggers.GetLogger(resource) };
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToList())
        {
            try
            {
                await callback.Callback(context).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.CallbackFailed(context.Logger, exception, resource.Name);
            }
        }

        foreach (var url in urls.Where(url => url.Endpoint is { IsAllocated: true } && url.Url.StartsWith('/')))
        {
            // A callback may give just the path on the endpoint.
            url.Url = url.Endpoint!.Url.TrimEnd('/') + url.Url;
        }

        return urls;
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Error, "Error processing URLs for resource '{ResourceName}'.")]
        public static partial void CallbackFailed(ILogger logger, Exception exception, string resourceName);
    }
}
