using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes the URLs the dashboard shows.</summary>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));
    }

    /// <summary>Changes the URLs the dashboard shows.</summary>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Func<ResourceUrlsCallbackContext, Task> callback)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));
    }

    /// <summary>Adds a URL the dashboard shows. A relative one takes the place of the path of the URLs that are there.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(url);
        return Uri.TryCreate(url, UriKind.Absolute, out var absolute) && !absolute.IsFile
            ? builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText })
            : builder.WithUrls(context => context.Urls.ForEach(shown => SetPath(shown, url, displayText)));
    }

    /// <summary>Adds a URL the dashboard shows.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
        where T : IResource => builder.WithUrl(ReferenceExpression.Create(url), displayText);

    /// <summary>Adds a URL the dashboard shows.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(url);
        return builder.WithUrls(async context =>
        {
            if (await url.GetValueAsync(context.CancellationToken).ConfigureAwait(false) is { Length: > 0 } value)
            {
                var endpoint = url.ValueProviders.OfType<EndpointReference>().FirstOrDefault();
                context.Urls.Add(new ResourceUrlAnnotation { Endpoint = endpoint, Url = value, DisplayText = displayText });
            }
        });
    }

    /// <summary>Changes the URL of an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithUrls(context =>
        {
            var urls = context.Urls.Where(url => string.Equals(url.Endpoint?.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase)).ToList();
            if (urls.Count == 0)
            {
                Log.NoEndpointForUrl(context.Logger, endpointName, builder.Resource.Name);
            }

            urls.ForEach(callback);
        });
    }

    /// <summary>Adds a URL for an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithUrls(context =>
        {
            var endpoint = context.GetEndpoint(endpointName);
            if (endpoint is not { Exists: true })
            {
                Log.NoEndpointForUrl(context.Logger, endpointName, builder.Resource.Name);
                return;
            }

            var url = callback(endpoint);
            context.Urls.Add(new ResourceUrlAnnotation
            {
                Endpoint = endpoint,
                Url = url.Url,
                DisplayText = url.DisplayText,
                DisplayLocation = url.DisplayLocation,
                DisplayOrder = url.DisplayOrder,
            });
        });
    }

    private static void SetPath(ResourceUrlAnnotation shown, string path, string? displayText)
    {
        if (Uri.TryCreate(shown.Url, UriKind.Absolute, out var uri))
        {
            shown.Url = $"{uri.GetLeftPart(UriPartial.Authority)}/{path.TrimStart('/')}";
            shown.DisplayText = displayText ?? shown.DisplayText;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Warning, "Could not execute callback to customize endpoint URL as no endpoint with name '{EndpointName}' could be found on resource '{ResourceName}'.")]
        public static partial void NoEndpointForUrl(ILogger logger, string endpointName, string resourceName);
    }
}
