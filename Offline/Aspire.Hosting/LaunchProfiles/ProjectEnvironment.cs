using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>The environment every project gets, in the published order.</summary>
internal static class ProjectEnvironment
{
    public static void AddTelemetry<T>(IResourceBuilder<T> builder)
        where T : ProjectResource
    {
        builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
            if (context.ExecutionContext.IsRunMode && builder.ApplicationBuilder.Environment.IsDevelopment())
            {
                context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
                context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
            }
        });
        builder.WithOtlpExporter();
        builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                context.EnvironmentVariables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
                context.EnvironmentVariables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
            }
        });
    }

    public static void AddEndpointsAndProfile<T>(IResourceBuilder<T> builder)
        where T : ProjectResource
    {
        builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsPublishMode)
            {
                AddForPublish(builder.Resource, context.EnvironmentVariables);
            }
            else
            {
                AddForRun(builder.Resource, context.EnvironmentVariables);
                AddLaunchProfile(builder.Resource, context.EnvironmentVariables);
            }
        });
    }

    private static void AddForRun(ProjectResource project, Dictionary<string, object> variables)
    {
        var endpoints = InEnvironment(project);
        if (endpoints.Find(endpoint => endpoint.IsHttps) is { } https)
        {
            variables.TryAdd("ASPNETCORE_HTTPS_PORT", https.Property(EndpointProperty.Port));
        }

        if (project.HasKestrelEndpoints)
        {
            AddKestrelOverrides(project, variables, host => host);
        }
        else if (!variables.ContainsKey("ASPNETCORE_URLS") && endpoints.Count > 0)
        {
            variables["ASPNETCORE_URLS"] = Join(endpoints, (urls, endpoint) =>
                urls.Append($"{endpoint.Property(EndpointProperty.Scheme)}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}"));
        }
    }

    /// <summary>Kestrel prefers its own configuration to ASPNETCORE_URLS, so that this is overridden instead.</summary>
    private static void AddKestrelOverrides(ProjectResource project, Dictionary<string, object> variables, Func<string, string> host)
    {
        foreach (var endpoint in InEnvironment(project))
        {
            variables[$"Kestrel__Endpoints__{endpoint.EndpointName}__Url"] = ReferenceExpression.Create(
                $"{endpoint.EndpointAnnotation.UriScheme}://{host(endpoint.EndpointAnnotation.TargetHost)}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
    }

    private static void AddLaunchProfile(ProjectResource project, Dictionary<string, object> variables)
    {
        if (project.EffectiveProfile() is not { } effective)
        {
            return;
        }

        variables.TryAdd("DOTNET_LAUNCH_PROFILE", effective.Name);
        foreach (var (name, value) in effective.Profile.EnvironmentVariables)
        {
            variables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
        }
    }

    private static void AddForPublish(ProjectResource project, Dictionary<string, object> variables)
    {
        if (!project.Annotations.OfType<EndpointAnnotation>().Any())
        {
            return;
        }

        if (!project.Annotations.OfType<DisableForwardedHeadersAnnotation>().Any())
        {
            variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }

        if (project.HasKestrelEndpoints)
        {
            AddKestrelOverrides(project, variables, _ => "*");
            return;
        }

        AddPorts("HTTP_PORTS", endpoint => endpoint.IsHttp);
        AddPorts("HTTPS_PORTS", endpoint => endpoint.IsHttps);

        void AddPorts(string name, Predicate<EndpointReference> isMeant)
        {
            if (InEnvironment(project).FindAll(isMeant) is { Count: > 0 } endpoints)
            {
                variables.TryAdd(name, Join(endpoints, (ports, endpoint) => ports.Append($"{endpoint.Property(EndpointProperty.TargetPort)}")));
            }
        }
    }

    private static ReferenceExpression Join(List<EndpointReference> endpoints, Action<ReferenceExpressionBuilder, EndpointReference> append)
    {
        var expression = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            if (!expression.IsEmpty)
            {
                expression.AppendLiteral(";");
            }

            append(expression, endpoint);
        }

        return expression.Build();
    }

    /// <summary>The endpoints the project learns of by the usual variables: HTTP ones that have none of their own and were not filtered out.</summary>
    private static List<EndpointReference> InEnvironment(ProjectResource project)
    {
        var filters = project.Annotations.OfType<EndpointsInEnvironmentAnnotation>().Select(annotation => annotation.Filter).ToList();
        return
        [
            .. project.GetEndpoints().Where(endpoint =>
                endpoint.EndpointAnnotation.UriScheme is "http" or "https"
                && endpoint.EndpointAnnotation != project.DefaultHttpsEndpoint
                && endpoint.EndpointAnnotation.TargetPortEnvironmentVariable is null
                && filters.TrueForAll(filter => filter(endpoint.EndpointAnnotation))),
        ];
    }
}
