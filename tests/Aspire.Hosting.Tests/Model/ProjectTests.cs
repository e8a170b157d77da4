using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.Model;

public class ProjectTests
{
    private const string TwoProfiles = """
        {
          // Comments are allowed.
          "profiles": {
            "https": { "commandName": "Project", "applicationUrl": "https://localhost:7001;http://localhost:5001;http://*:5002", "environmentVariables": { "ASPNETCORE_ENVIRONMENT": "Development", "OTEL_TRACES_SAMPLER": "mine" } },
            "http": { "commandName": "Project", "applicationUrl": "http://localhost:5003" },
          }
        }
        """;

    private const string Kestrel = """{ "Kestrel": { "Endpoints": { "Web": { "Url": "http://*:5010" }, "Grpc": { "Url": "http://localhost:5011", "Protocols": "Http2" }, "Sec": { "Url": "https://localhost:5012" } } } }""";

    [Fact]
    public async Task A_running_project_gets_the_published_environment_in_the_published_order()
    {
        using var folder = new ProjectFolder(TwoProfiles);
        var builder = Builder("--environment", "Development");
        builder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:19200";
        builder.Configuration["AppHost:OtlpApiKey"] = "key";
        var project = builder.AddProject("counter", folder.ProjectPath);

        var environment = await EvaluateAsync(project);

        Assert.Equal(
            [
                ("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory"),
                ("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true"),
                ("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:19200"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
                ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id={{- index .Annotations \"otel-service-instance-id\" -}}"),
                ("OTEL_SERVICE_NAME", "{{- index .Annotations \"otel-service-name\" -}}"),
                ("OTEL_EXPORTER_OTLP_HEADERS", "x-otlp-api-key=key"),
                ("OTEL_BLRP_SCHEDULE_DELAY", "1000"),
                ("OTEL_BSP_SCHEDULE_DELAY", "1000"),
                ("OTEL_METRIC_EXPORT_INTERVAL", "1000"),
                ("OTEL_TRACES_SAMPLER", "always_on"),
                ("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based"),
                ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true"),
                ("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true"),
                ("LOGGING__CONSOLE__FORMATTERNAME", "simple"),
                ("ASPNETCORE_HTTPS_PORT", "7001"),
                ("ASPNETCORE_URLS", "https://localhost:<https>;http://localhost:<http>;http://*:<http2>"),
                ("DOTNET_LAUNCH_PROFILE", "https"),
                ("ASPNETCORE_ENVIRONMENT", "Development"),
            ],
            environment);
    }

    [Fact]
    public async Task A_published_project_gets_both_usual_endpoints_and_no_trace_of_its_profile()
    {
        using var folder = new ProjectFolder(TwoProfiles);
        var project = Builder("--operation", "publish").AddProject("counter", folder.ProjectPath, "http")
            .WithHttpEndpoint(name: "admin", env: "ADMIN_PORT")
            .WithHttpsEndpoint(name: "sec")
            .WithHttpEndpoint(name: "more", port: 9999);

        var environment = await EvaluateAsync(project);

        Assert.Equal(["http", "https", "admin", "sec", "more"], project.Resource.GetEndpoints().Select(endpoint => endpoint.EndpointName));
        Assert.Equal(
            [
                ("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory"),
                ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"),
                ("HTTP_PORTS", "{counter.bindings.http.targetPort};{counter.bindings.more.targetPort}"),
                ("HTTPS_PORTS", "{counter.bindings.sec.targetPort}"),
                ("ADMIN_PORT", "{counter.bindings.admin.targetPort}"),
            ],
            environment);
    }

    [Fact]
    public async Task Without_a_launch_profile_there_is_no_endpoint()
    {
        using var folder = new ProjectFolder(TwoProfiles);
        var project = Builder("--operation", "publish").AddProject("counter", folder.ProjectPath, launchProfileName: null);

        Assert.Empty(project.Resource.GetEndpoints());
        Assert.Equal([("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory")], await EvaluateAsync(project));
    }

    [Fact]
    public async Task Kestrel_configuration_wins_over_the_profile()
    {
        using var folder = new ProjectFolder(TwoProfiles, Kestrel);
        var project = Builder().AddProject("counter", folder.ProjectPath);

        var environment = await EvaluateAsync(project);

        Assert.Equal(
            [("Grpc", 5011, "http2", "localhost"), ("Web", 5010, "http", "*"), ("https", 5012, "http", "localhost")],
            project.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (endpoint.Name, endpoint.Port ?? 0, endpoint.Transport, endpoint.TargetHost)));
        Assert.Contains(("Kestrel__Endpoints__Grpc__Url", "http://localhost:<Grpc>"), environment);
        Assert.Contains(("Kestrel__Endpoints__Web__Url", "http://*:<Web>"), environment);
        Assert.DoesNotContain(environment, variable => variable.Name == "ASPNETCORE_URLS");
    }

    [Theory]
    [InlineData(null, 7001)]
    [InlineData("http", 5003)]
    [InlineData("none", 7001)]
    public void The_project_follows_the_profile_of_the_AppHost_where_it_has_it(string? appHostProfile, int port)
    {
        using var folder = new ProjectFolder(TwoProfiles);
        var builder = Builder();
        builder.Configuration["AppHost:DefaultLaunchProfileName"] = appHostProfile ?? "";

        var project = builder.AddProject("counter", folder.ProjectPath);

        Assert.Equal(port, project.Resource.Annotations.OfType<EndpointAnnotation>().First().Port);
    }

    [Fact]
    public void What_is_wrong_with_a_project_is_said_when_it_is_added()
    {
        using var folder = new ProjectFolder("{ \"profiles\": {");
        using var good = new ProjectFolder(TwoProfiles);
        var builder = Builder();

        Assert.StartsWith(
            "Failed to get effective launch profile for project resource 'bad'. There is malformed JSON in the project's launch settings file at '",
            Assert.Throws<DistributedApplicationException>(() => builder.AddProject("bad", folder.ProjectPath)).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "Launch settings file does not contain 'nope' profile.",
            Assert.Throws<DistributedApplicationException>(() => builder.AddProject("wrong", good.ProjectPath, "nope")).Message);
        var missing = Path.Combine(Path.GetTempPath(), "missing-project", "Missing.csproj");
        Assert.Equal(
            $"Project file '{missing}' was not found.",
            Assert.Throws<DistributedApplicationException>(() => builder.AddProject("missing", missing)).Message);
    }

    [Fact]
    public void A_health_check_is_named_as_published()
    {
        using var folder = new ProjectFolder("""{ "profiles": { "http": { "commandName": "Project", "applicationUrl": "http://localhost:3000" } } }""");

        var project = Builder().AddProject("counter", folder.ProjectPath).WithHttpHealthCheck("/health");

        Assert.Equal("counter_http_/health_200_check", Assert.Single(project.Resource.Annotations.OfType<HealthCheckAnnotation>()).Key);
    }

    private static IDistributedApplicationBuilder Builder(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

    private static async Task<List<(string Name, string? Value)>> EvaluateAsync(IResourceBuilder<ProjectResource> project)
    {
        var execution = project.ApplicationBuilder.ExecutionContext;
        var context = new EnvironmentCallbackContext(execution, project.Resource);
        foreach (var endpoint in project.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", endpoint.Port ?? 1, $"<{endpoint.Name}>");
        }

        foreach (var annotation in project.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context);
        }

        var values = new List<(string, string?)>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            values.Add((name, value switch
            {
                IValueProvider provider when execution.IsRunMode => await provider.GetValueAsync(TestContext.Current.CancellationToken),
                IManifestExpressionProvider expression => expression.ValueExpression,
                _ => value.ToString(),
            }));
        }

        return values;
    }
}
