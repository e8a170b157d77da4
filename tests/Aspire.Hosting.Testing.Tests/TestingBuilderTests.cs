using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Testing.Tests;

public sealed class TestingBuilderTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("DcpPublisher:RandomizePorts", "true")]
    [InlineData("DcpPublisher:ContainerRuntimeInitializationTimeout", "00:00:30")]
    [InlineData("DcpPublisher:WaitForResourceCleanup", "true")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:8080")]
    [InlineData("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:4317")]
    [InlineData("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true")]
    [InlineData("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", "http://localhost:20200")]
    [InlineData("DOTNET_ENVIRONMENT", "Development")]
    [InlineData("ENVIRONMENT", "Development")]
    [InlineData("given", "1")]
    public async Task The_configuration_is_that_of_tests_over_that_of_the_first_launch_profile(string key, string value)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--given=1"]);

        Assert.Equal(value, builder.Configuration[key]);
    }

    [Fact]
    public async Task The_AppHost_has_filled_the_builder_and_the_test_can_change_it()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [],
            (options, settings) =>
            {
                options.DashboardApplicationName = "tested";
                settings.EnvironmentName = "Testing";
            });

        Assert.Equal(["redis-server", "counter"], builder.Resources.Select(resource => resource.Name).Take(2));
        Assert.Equal(Projects.AppHost.ProjectPath, builder.AppHostDirectory);
        Assert.Equal("AppHost", builder.AppHostAssembly!.GetName().Name);
        Assert.Equal("Testing", builder.Environment.EnvironmentName);
        Assert.Equal("tested", builder.Configuration["AppHost:DashboardApplicationName"]);
        builder.AddParameter("added", "value");
        await using var application = await builder.BuildAsync();
        Assert.Contains(application.Services.GetRequiredService<DistributedApplicationModel>().Resources, resource => resource.Name == "added");
        var options = application.Services.GetRequiredService<DistributedApplicationOptions>();
        Assert.True(options.DisableDashboard);
        Assert.True(options.EnableResourceLogging);
        Assert.Equal(WaitBehavior.StopOnResourceUnavailable, application.Services.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>().Value.DefaultWaitBehavior);
    }

    [Fact]
    public async Task Before_the_start_there_are_no_addresses()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>();
        await using var application = await builder.BuildAsync();

        const string message = "The application must be started before resolving endpoints or connection strings.";
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => application.GetEndpoint("counter")).Message);
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => application.CreateHttpClient("counter")).Message);
        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidOperationException>(async () => await application.GetConnectionStringAsync("redis-server"))).Message);
    }

    [Fact]
    public async Task Two_run_side_by_side_on_ports_of_their_own_and_nothing_is_left()
    {
        using var timeout = new CancellationTokenSource(s_patience);
        var first = await StartAsync(timeout.Token);
        await using var second = await StartAsync(timeout.Token);

        var endpoint = first.GetEndpoint("counter", "HTTP");
        Assert.NotEqual(endpoint, second.GetEndpoint("counter", "http"));
        Assert.NotEqual(3000, endpoint.Port);
        Assert.Matches("^localhost:[0-9]+,password=[A-Za-z0-9]{22}$", await first.GetConnectionStringAsync("redis-server", timeout.Token));
        Assert.Equal("redis", first.GetEndpoint("Redis-Server", "tcp").Scheme);
        Assert.Equal("Resource 'nope' not found. (Parameter 'resourceName')", Assert.Throws<ArgumentException>(() => first.GetEndpoint("nope")).Message);
        Assert.Equal("Endpoint 'nope' for resource 'counter' not found. (Parameter 'endpointName')", Assert.Throws<ArgumentException>(() => first.GetEndpoint("counter", "nope")).Message);
        Assert.Equal(
            "Resource 'counter' does not expose a connection string. (Parameter 'resourceName')",
            (await Assert.ThrowsAsync<ArgumentException>(async () => await first.GetConnectionStringAsync("counter", timeout.Token))).Message);

        using var client = new HttpClient { BaseAddress = endpoint };
        Assert.Contains("Total requests:", await client.GetStringAsync("/", timeout.Token), StringComparison.Ordinal);
        await first.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/", timeout.Token));
    }

    [Fact]
    public async Task A_factory_sees_the_AppHost_come_up_step_by_step()
    {
        await using var factory = new RecordingFactory();

        await factory.StartAsync();

        Assert.Equal(["creating", "created 0", "building 2", "built"], factory.Steps);
        Assert.Equal("http", factory.GetEndpoint("counter", "http").Scheme);
    }

    [Fact]
    public async Task A_type_of_an_assembly_that_is_no_program_is_refused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => DistributedApplicationTestingBuilder.CreateAsync<DistributedApplication>());
        await Assert.ThrowsAsync<ArgumentNullException>(() => DistributedApplicationTestingBuilder.CreateAsync(null!));
    }

    [Fact]
    public async Task What_ends_the_AppHost_before_it_builds_is_told_to_the_test()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [],
            (_, _) => throw new DistributedApplicationException("not today")));

        Assert.Equal("not today", error.Message);
    }

    private static async Task<DistributedApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(cancellationToken);

        // Two stores can't share one volume.
        var redis = builder.Resources.Single(resource => resource.Name == "redis-server");
        foreach (var mount in redis.Annotations.OfType<ContainerMountAnnotation>().ToList())
        {
            redis.Annotations.Remove(mount);
        }

        var application = await builder.BuildAsync(cancellationToken);
        await application.StartAsync(cancellationToken);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("counter", cancellationToken);
        return application;
    }

    private sealed class RecordingFactory() : DistributedApplicationFactory(typeof(Projects.AppHost))
    {
        public List<string> Steps { get; } = [];

        protected override void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions) => Steps.Add("creating");

        protected override void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder) => Steps.Add($"created {applicationBuilder.Resources.Count}");

        protected override void OnBuilding(DistributedApplicationBuilder applicationBuilder) => Steps.Add($"building {applicationBuilder.Resources.Count}");

        protected override void OnBuilt(DistributedApplication application) => Steps.Add("built");
    }
}
