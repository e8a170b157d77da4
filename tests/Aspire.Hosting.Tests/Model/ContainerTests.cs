#pragma warning disable ASPIREPROBES001 // The probes are experimental.
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.Model;

public class ContainerTests
{
    [Theory]
    [InlineData("redis", null, "redis:latest")]
    [InlineData("docker.io/library/redis:8.6", null, "docker.io/library/redis:8.6")]
    [InlineData("localhost:5000/redis", null, "localhost:5000/redis:latest")]
    [InlineData("redis@sha256:abc", null, "redis@sha256:abc")]
    [InlineData("redis:1@sha256:abc", null, "redis@sha256:abc")]
    public void An_image_is_named_by_tag_or_digest(string image, string? tag, string expected)
    {
        var container = DistributedApplication.CreateBuilder().AddResource(new ContainerResource("store")).WithImage(image, tag);

        Assert.True(container.Resource.TryGetContainerImageName(out var name));
        Assert.Equal(expected, name);
    }

    [Theory]
    [InlineData("redis:")]
    [InlineData(":8")]
    [InlineData("re dis")]
    [InlineData(" ")]
    public void An_image_that_no_engine_could_read_is_refused(string image)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => DistributedApplication.CreateBuilder().AddContainer("store", image));

        Assert.StartsWith("invalid reference format: could not parse container image name (Parameter 'input')", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_is_given_once()
    {
        var container = DistributedApplication.CreateBuilder().AddContainer("store", "redis:1", "2");

        Assert.True(container.Resource.TryGetContainerImageName(out var name));
        Assert.Equal("redis:2", name);
        Assert.Equal(
            "Ambiguous tags - a tag was provided on both the 'tag' and 'image' parameters",
            Assert.Throws<InvalidOperationException>(() => container.WithImage("redis:1", "2")).Message);
        Assert.Equal(
            "Tag conflicts with digest provided on the 'image' parameter (Parameter 'tag')",
            Assert.Throws<ArgumentOutOfRangeException>(() => container.WithImage("redis@sha256:abc", "2")).Message);
    }

    [Fact]
    public void Another_image_has_no_digest_of_the_one_before()
    {
        var container = DistributedApplication.CreateBuilder().AddContainer("store", "redis@sha256:abc").WithImage("other");

        Assert.True(container.Resource.TryGetContainerImageName(out var name));
        Assert.Equal("other:latest", name);
    }

    [Fact]
    public void The_registry_stays_when_the_image_changes_and_the_tag_does_not()
    {
        var container = DistributedApplication.CreateBuilder().AddContainer("store", "redis", "8").WithImageRegistry("registry.test").WithImage("other");

        Assert.True(container.Resource.TryGetContainerImageName(out var name));
        Assert.Equal("registry.test/other:latest", name);
    }

    [Fact]
    public void A_build_gets_its_arguments_after_its_Dockerfile_and_its_secrets_as_such()
    {
        var builder = DistributedApplication.CreateBuilder();
        var secret = builder.AddParameter("secret", "s", secret: true);
        var container = builder.AddContainer("Store", "redis", "8");

        Assert.Equal("The resource 'Store' does not have a Dockerfile build annotation. Call WithDockerfile before calling WithBuildArg.", Assert.Throws<InvalidOperationException>(() => container.WithBuildArg("A", "b")).Message);
        Assert.Equal("The resource 'Store' does not have a Dockerfile build annotation. Call WithDockerfile before calling WithBuildSecret.", Assert.Throws<InvalidOperationException>(() => container.WithBuildSecret("A", secret)).Message);
        container.WithDockerfile("context");
        Assert.Equal("Cannot add secret parameter 'secret' as build argument 'A' while configuring resource 'Store'. Use WithBuildSecret instead.", Assert.Throws<InvalidOperationException>(() => container.WithBuildArg("A", secret)).Message);

        var build = Assert.Single(container.Resource.Annotations.OfType<DockerfileBuildAnnotation>());
        Assert.Equal(Path.Combine(builder.AppHostDirectory, "context", "Dockerfile"), build.DockerfilePath);
        Assert.True(container.Resource.TryGetContainerImageName(out var built));
        Assert.Matches("^store:[0-9a-f]{40}$", built);
        Assert.True(container.Resource.TryGetContainerImageName(useBuiltImage: false, out var before));
        Assert.Equal("redis:8", before);
        container.WithImage("own", "2");
        Assert.True(container.Resource.TryGetContainerImageName(out var named));
        Assert.Equal("own:2", named);
    }

    [Fact]
    public void A_mount_is_checked()
    {
        var container = DistributedApplication.CreateBuilder().AddContainer("store", "redis");

        Assert.Equal("Anonymous volumes cannot be read-only. (Parameter 'isReadOnly')", Assert.Throws<ArgumentException>(() => container.WithVolume(null, "/data", isReadOnly: true)).Message);
        Assert.Equal("Bind mounts must specify an absolute path. (Parameter 'source')", Assert.Throws<ArgumentException>(() => new ContainerMountAnnotation("relative", "/data", ContainerMountType.BindMount, false)).Message);
    }

    [Fact]
    public void A_command_of_the_same_name_is_replaced()
    {
        var container = DistributedApplication.CreateBuilder().AddContainer("store", "redis")
            .WithCommand("flush", "First", _ => Task.FromResult(CommandResults.Success()))
            .WithCommand("flush", "Second", _ => Task.FromResult(CommandResults.Success()));

        Assert.Equal("Second", Assert.Single(container.Resource.Annotations.OfType<ResourceCommandAnnotation>()).DisplayName);
    }

    [Fact]
    public void Waiting_for_oneself_is_refused()
    {
        var container = DistributedApplication.CreateBuilder().AddContainer("store", "redis");

        Assert.Equal("The 'store' resource cannot wait for itself.", Assert.Throws<DistributedApplicationException>(() => container.WaitFor(container)).Message);
    }

    [Fact]
    public void Waiting_for_ones_own_child_is_waiting_for_oneself()
    {
        var builder = DistributedApplication.CreateBuilder();
        var parent = builder.AddContainer("store", "redis");
        var child = builder.AddResource(new Child("child", parent.Resource));

        Assert.Equal("The 'store' resource cannot wait for itself.", Assert.Throws<DistributedApplicationException>(() => parent.WaitFor(child)).Message);
        Assert.Equal("The 'store' resource cannot wait for itself.", Assert.Throws<DistributedApplicationException>(() => parent.WaitForStart(child)).Message);
    }

    [Fact]
    public void What_is_probed_where_it_is_deployed_is_checked_where_it_runs()
    {
        var container = DistributedApplication.CreateBuilder().AddContainer("store", "redis").WithHttpEndpoint().WithHttpProbe(ProbeType.Liveness, "/alive");

        Assert.Equal("store_http_/alive_200_check", Assert.Single(container.Resource.Annotations.OfType<HealthCheckAnnotation>()).Key);
    }

    [Fact]
    public void A_health_check_needs_an_HTTP_endpoint()
    {
        var container = DistributedApplication.CreateBuilder().AddContainer("store", "redis").WithEndpoint(targetPort: 6379, name: "tcp");

        Assert.Equal(
            "Could not create HTTP health check for resource 'store' as no endpoint was found matching one of the specified names: https, http",
            Assert.Throws<DistributedApplicationException>(() => container.WithHttpHealthCheck()).Message);
        Assert.Equal(
            "Could not create HTTP health check for resource 'store' as the endpoint with name 'tcp' and scheme 'tcp' is not an HTTP endpoint.",
            Assert.Throws<DistributedApplicationException>(() => container.WithHttpHealthCheck(endpointName: "tcp")).Message);
    }

    private sealed class Child(string name, ContainerResource parent) : Resource(name), IResourceWithParent<ContainerResource>
    {
        public ContainerResource Parent { get; } = parent;
    }

    [Fact]
    public async Task A_Dockerfile_that_is_written_when_it_is_needed_is_not_there_before_nor_after()
    {
        var builder = DistributedApplication.CreateBuilder();
        var build = builder.AddDockerfileFactory("written", "app", context => $"FROM {context.Resource.Name}").Resource.Annotations.OfType<DockerfileBuildAnnotation>().Single();
        Assert.False(File.Exists(build.DockerfilePath));

        await using (var app = builder.Build())
        {
            var context = new DockerfileFactoryContext { Services = app.Services, Resource = builder.Resources.Single(resource => resource.Name == "written") };
            await build.MaterializeDockerfileAsync(context, TestContext.Current.CancellationToken);
            await build.MaterializeDockerfileAsync(context, TestContext.Current.CancellationToken);

            Assert.Equal("FROM written", await File.ReadAllTextAsync(build.DockerfilePath, TestContext.Current.CancellationToken));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(build.DockerfilePath)));
    }
}
