using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Tests.Model;

public class BuilderTests
{
    [Theory]
    [InlineData("--publisher", "manifest")]
    [InlineData("--operation", "publish")]
    [InlineData("--operation=Publish")]
    public void The_command_line_chooses_to_publish(params string[] args) =>
        Assert.True(DistributedApplication.CreateBuilder(args).ExecutionContext.IsPublishMode);

    [Fact]
    public void Without_switches_the_application_runs()
    {
        var context = DistributedApplication.CreateBuilder([]).ExecutionContext;

        Assert.True(context.IsRunMode);
        Assert.Equal("manifest", context.PublisherName);
    }

    [Fact]
    public void An_unknown_operation_is_refused()
    {
        var exception = Assert.Throws<DistributedApplicationException>(() => DistributedApplication.CreateBuilder(["--operation", "dance"]));

        Assert.Equal("Invalid operation specified. Valid operations are 'publish', 'run', or 'inspect'.", exception.Message);
    }

    [Fact]
    public void Switches_are_read_into_the_published_keys()
    {
        var configuration = DistributedApplication.CreateBuilder(["--publisher", "Manifest", "--output-path=out", "--dcp-container-runtime", "podman"]).Configuration;

        Assert.Equal("publish-manifest", configuration["Pipeline:Step"]);
        Assert.Equal("out", configuration["Pipeline:OutputPath"]);
        Assert.Equal("podman", configuration["DcpPublisher:ContainerRuntime"]);
    }

    [Fact]
    public void A_published_volume_is_named_by_the_project_file_and_a_local_one_by_its_path()
    {
        var directory = Path.GetTempPath();
        var published = Volume("--operation", "publish");
        var local = Volume();

        Assert.NotEqual(published, local);
        Assert.Equal(published, Volume("--operation", "publish"));
        Assert.EndsWith("-store-data", published, StringComparison.Ordinal);

        string Volume(params string[] args)
        {
            var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, ProjectDirectory = directory });
            return VolumeNameGenerator.Generate(builder.AddContainer("store", "image"), "data");
        }
    }

    [Fact]
    public void The_suffix_of_a_volume_is_checked()
    {
        var store = DistributedApplication.CreateBuilder().AddContainer("store", "image");

        var exception = Assert.Throws<ArgumentException>(() => VolumeNameGenerator.Generate(store, "da ta"));

        Assert.Equal("The suffix 'da ta' contains invalid characters. It must match [a-zA-Z0-9][a-zA-Z0-9_.-]*. (Parameter 'suffix')", exception.Message);
    }

    [Theory]
    [InlineData(true, WaitBehavior.StopOnResourceUnavailable)]
    [InlineData(false, WaitBehavior.WaitOnResourceUnavailable)]
    public void Waiting_ends_with_the_dependency_only_where_nobody_could_start_it_again(bool disableDashboard, WaitBehavior expected)
    {
        using var application = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = disableDashboard }).Build();

        Assert.Equal(expected, application.Services.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>().Value.DefaultWaitBehavior);
    }

    [Fact]
    public void A_test_can_hook_into_the_steps_of_building()
    {
        var seen = new List<string>();
        using var all = DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
        {
            if (listener.Name == "Aspire.Hosting")
            {
                listener.Subscribe(new Observer<KeyValuePair<string, object?>>(item =>
                {
                    if (item.Value is ValueTuple<DistributedApplicationOptions, Microsoft.Extensions.Hosting.HostApplicationBuilderSettings> { Item1.DashboardApplicationName: "hooked" }
                        or DistributedApplicationBuilder { Resources.Count: 1 } or DistributedApplication || seen.Count == 1)
                    {
                        seen.Add(item.Key);
                    }
                }));
            }
        }));

        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DashboardApplicationName = "hooked", DisableDashboard = true });
        builder.AddContainer("store", "image");
        using var application = builder.Build();

        Assert.Contains("DistributedApplicationBuilderConstructing", seen);
        Assert.Contains("DistributedApplicationBuilding", seen);
        Assert.Contains("DistributedApplicationBuilt", seen);
    }

    [Fact]
    public void A_resource_is_found_again_by_its_name()
    {
        var builder = DistributedApplication.CreateBuilder();
        builder.AddContainer("store", "image");

        Assert.Equal("store", builder.CreateResourceBuilder<ContainerResource>("STORE").Resource.Name);
        Assert.False(builder.TryCreateResourceBuilder<ProjectResource>("store", out _));
        Assert.Equal("Resource 'none' was not found.", Assert.Throws<InvalidOperationException>(() => builder.CreateResourceBuilder<ContainerResource>("none")).Message);
        Assert.Equal(
            "Resource 'store' of type 'Aspire.Hosting.ApplicationModel.ContainerResource' is not assignable to requested type 'ProjectResource'.",
            Assert.Throws<InvalidOperationException>(() => builder.CreateResourceBuilder<ProjectResource>("store")).Message);
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }

    [Fact]
    public void The_services_are_in_the_context_from_the_moment_the_application_is_built()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

        Assert.Equal("IServiceProvider is not available because the container has not yet been built.", Assert.Throws<InvalidOperationException>(() => builder.ExecutionContext.Services).Message);
        using var application = builder.Build();
        Assert.Same(application.Services.GetRequiredService<DistributedApplicationModel>(), builder.ExecutionContext.Services.GetRequiredService<DistributedApplicationModel>());
        Assert.Equal(
            "IServiceProvider is not available because execution context was not constructed with DistributedApplicationExecutionContextOptions.",
            Assert.Throws<InvalidOperationException>(() => new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run).Services).Message);
    }

    [Fact]
    public void The_keys_of_the_dashboard_are_known_to_the_model()
    {
        var with = DistributedApplication.CreateBuilder([]).Configuration;
        var without = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true }).Configuration;

        foreach (var key in new[] { "AppHost:BrowserToken", "AppHost:OtlpApiKey", "AppHost:DashboardApiKey" })
        {
            Assert.Matches("^[0-9a-f]{32}$", with[key]);
            Assert.Null(without[key]);
        }

        Assert.Equal("given", DistributedApplication.CreateBuilder(["--ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN=given"]).Configuration["AppHost:BrowserToken"]);
        Assert.Null(DistributedApplication.CreateBuilder(["--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true"]).Configuration["AppHost:OtlpApiKey"]);
    }
}
