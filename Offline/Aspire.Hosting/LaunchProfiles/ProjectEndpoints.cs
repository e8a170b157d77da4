using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting;

/// <summary>Makes the endpoints of a project from its Kestrel configuration or its launch profile.</summary>
internal static class ProjectEndpoints
{
    public static void Add<T>(IResourceBuilder<T> builder, ProjectResourceOptions options)
        where T : ProjectResource
    {
        var profile = builder.Resource.EffectiveProfile()?.Profile;
        var kestrel = options.ExcludeKestrelEndpoints || builder.Resource.Annotations.OfType<IProjectMetadata>().LastOrDefault() is not { } metadata
            ? KestrelEndpoints.None
            : KestrelEndpoints.Read(metadata.ProjectPath, EnvironmentOf(builder, profile));

        var hasKestrelEndpoints = builder.Resource.HasKestrelEndpoints = kestrel.All.Count > 0;
        AddFromKestrel(builder, kestrel);
        if (builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            if (hasKestrelEndpoints || profile?.ApplicationUrl is not null)
            {
                AddUsualForPublish(builder, kestrel);
            }
        }
        else if (!hasKestrelEndpoints && profile is not null)
        {
            AddFromProfile(builder, profile, kestrel);
        }
    }

    private static void AddFromKestrel<T>(IResourceBuilder<T> builder, KestrelEndpoints kestrel)
        where T : ProjectResource
    {
        foreach (var scheme in kestrel.All.GroupBy(endpoint => endpoint.Address.Scheme))
        {
            foreach (var endpoint in scheme)
            {
                // The usual name where there is but one endpoint of the scheme, so that references find it.
                builder.WithEndpoint(scheme.Count() == 1 ? scheme.Key : endpoint.Name, annotation =>
                {
                    annotation.UriScheme = scheme.Key;
                    annotation.TargetHost = endpoint.Address.Host;
                    SetTransport(annotation, endpoint.Protocols ?? kestrel.DefaultProtocols);
                    if (builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
                    {
                        // In a container nothing else takes the port.
                        annotation.TargetPort = endpoint.Address.Port;
                    }
                    else
                    {
                        annotation.Port = endpoint.Address.Port;
                    }
                });
            }
        }
    }

    private static void AddFromProfile<T>(IResourceBuilder<T> builder, LaunchProfile profile, KestrelEndpoints kestrel)
        where T : ProjectResource
    {
        var countByScheme = new Dictionary<string, int>();
        foreach (var url in Urls(profile))
        {
            var address = BindingAddress.Parse(url);
            var count = countByScheme[address.Scheme] = countByScheme.GetValueOrDefault(address.Scheme) + 1;
            builder.WithEndpoint(count == 1 ? address.Scheme : $"{address.Scheme}{count}", annotation =>
            {
                annotation.UriScheme = address.Scheme;
                annotation.Port = address.Port;
                annotation.TargetHost = address.Host;
                SetTransport(annotation, kestrel.DefaultProtocols);
            });
        }

        if (Uri.TryCreate(profile.LaunchUrl, UriKind.Relative, out var launchUrl))
        {
            builder.WithUrls(context =>
            {
                foreach (var url in context.Urls.Where(url => url.Endpoint is not null && Uri.TryCreate(url.Url, UriKind.Absolute, out _)))
                {
                    url.Url = new Uri(new Uri(url.Url), launchUrl).ToString();
                }
            });
        }
    }

    /// <summary>
    /// Where a project is published to decides on ports and names, so that it gets the usual two where it has none of the scheme.
    /// The first http and the first https endpoint share a port there: TLS ends before the container.
    /// </summary>
    private static void AddUsualForPublish<T>(IResourceBuilder<T> builder, KestrelEndpoints kestrel)
        where T : ProjectResource
    {
        var configuredHttp = First("http");
        var http = configuredHttp ?? Add("http");
        var https = First("https") ?? (builder.Resource.DefaultHttpsEndpoint = Add("https"));
        http.TargetPort = https.TargetPort = (configuredHttp ?? https).TargetPort;

        EndpointAnnotation? First(string scheme) => builder.Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.UriScheme == scheme);

        EndpointAnnotation Add(string scheme)
        {
            EndpointAnnotation? added = null;
            builder.WithEndpoint(scheme, annotation =>
            {
                annotation.UriScheme = scheme;
                SetTransport(annotation, kestrel.DefaultProtocols);
                added = annotation;
            });
            return added!;
        }
    }

    private static void SetTransport(EndpointAnnotation endpoint, string? protocols)
    {
        if (protocols == "Http2")
        {
            endpoint.Transport = "http2";
        }
    }

    private static string[] Urls(LaunchProfile? profile) =>
        profile?.ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string? EnvironmentOf<T>(IResourceBuilder<T> builder, LaunchProfile? profile)
        where T : ProjectResource
    {
        if (builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return null;
        }

        var variables = profile?.EnvironmentVariables;
        return variables?.GetValueOrDefault("DOTNET_ENVIRONMENT") ?? variables?.GetValueOrDefault("ASPNETCORE_ENVIRONMENT");
    }
}
