using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds services that are not part of the application.</summary>
public static class ExternalServiceBuilderExtensions
{
    /// <summary>Adds a service by its URL.</summary>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, string url)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(url);
        return builder.AddExternalService(name, Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : throw Invalid(url, "The URI must be absolute."));
    }

    /// <summary>Adds a service by its URL.</summary>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, Uri uri)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(uri);
        if (ExternalServiceResource.WhyInvalid(uri) is { } reason)
        {
            throw Invalid(uri.ToString(), reason);
        }

        return Add(builder, new ExternalServiceResource(name, uri), uri.ToString());
    }

    /// <summary>Adds a service whose URL is a parameter.</summary>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource> urlParameter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(urlParameter);
        return Add(builder, new ExternalServiceResource(name, urlParameter.Resource), urlParameter.Resource.Name);
    }

    /// <summary>Has the health of the service follow the answer to an HTTP request.</summary>
    public static IResourceBuilder<ExternalServiceResource> WithHttpHealthCheck(this IResourceBuilder<ExternalServiceResource> builder, string? path = null, int? statusCode = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (path is not null && !Uri.IsWellFormedUriString(path, UriKind.Relative))
        {
            throw new ArgumentException($"The path '{path}' is not a relative URL.", nameof(path));
        }

        var service = builder.Resource;
        var expected = statusCode ?? 200;
        var key = $"{service.Name}_external_{path}_{expected}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => new ExternalServiceHealthCheck(service, path, expected, services.GetRequiredService<IHttpClientFactory>()),
            failureStatus: null,
            tags: null));
        return builder.WithHealthCheck(key);
    }

    private static IResourceBuilder<ExternalServiceResource> Add(IDistributedApplicationBuilder builder, ExternalServiceResource service, string source) =>
        builder.AddResource(service).ExcludeFromManifest().WithInitialState(new CustomResourceSnapshot
        {
            ResourceType = "ExternalService",
            State = KnownResourceStates.Running,
            Properties = [new(KnownProperties.Source, source)],
        });

    private static ArgumentException Invalid(string url, string reason) =>
        new($"The URI '{url}' is invalid: {reason}", nameof(url));
}
