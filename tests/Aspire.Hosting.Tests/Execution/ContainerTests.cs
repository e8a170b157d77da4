using Aspire.Hosting.ApplicationModel;
using Shared.Docker;

[assembly: AssemblyFixture(typeof(DockerEngine))]

namespace Aspire.Hosting.Tests.Execution;

/// <summary>Containers on a real engine.</summary>
public sealed class ContainerTests(DockerEngine engine) : IAsyncDisposable
{
    private RunningModel? _model;

    public async ValueTask DisposeAsync()
    {
        if (_model is not null)
        {
            await _model.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_container_is_found_by_its_names_and_aliases_gets_its_environment_and_leaves_nothing()
    {
        var model = await NewAsync();
        var secret = model.Builder.AddParameter("token", () => "p@ss word=1", secret: true);
        var server = AddContainer(model, "server", "exec sleep 1000").WithContainerNetworkAlias("friend").WithEndpoint(targetPort: 6379, name: "tcp", scheme: "tcp")
            .WithEnvironment("TOKEN", secret);
        AddContainer(model, "client", "getent hosts server; getent hosts server.dev.internal; getent hosts friend; echo \"at $AT\"; exit 4")
            .WithEnvironment("AT", server.GetEndpoint("tcp"))
            .WaitForStart(server);
        await model.StartAsync();

        var client = await model.StateAsync("client", KnownResourceStates.Exited);

        Assert.Equal(4, client.Snapshot.ExitCode);
        var log = await model.LogAsync("client");
        Assert.Single(log, line => line.EndsWith(" server", StringComparison.Ordinal));
        Assert.Single(log, line => line.EndsWith(" server.dev.internal", StringComparison.Ordinal));
        Assert.Single(log, line => line.EndsWith(" friend", StringComparison.Ordinal));
        Assert.Contains("at tcp://server.dev.internal:6379", log);
        Assert.True(model.App.ResourceNotifications.TryGetCurrentState("server", out var running));
        Assert.Equal("Container", running.Snapshot.ResourceType);
        Assert.Contains("TOKEN=p@ss word=1", await engine.RunAsync("exec", running.ResourceId, "env"), StringComparison.Ordinal);

        await model.App.StopAsync();

        Assert.Empty(await engine.RunAsync("ps", "--all", "--quiet", "--filter", "label=aspire.resource"));
        Assert.DoesNotContain("aspire-session-network", await engine.RunAsync("network", "ls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_stops_and_starts_again_and_its_public_port_stays()
    {
        var model = await NewAsync();
        var store = model.Builder.AddContainer("store", DockerEngine.RedisImage.Split(':')[0], DockerEngine.RedisImage.Split(':')[1])
            .WithArgs("redis-server", "--protected-mode", "no")
            .WithEndpoint(targetPort: 6379, name: "tcp", scheme: "tcp");
        await model.StartAsync();
        await model.StateAsync("store", KnownResourceStates.Running);
        var port = store.GetEndpoint("tcp").Port;
        Assert.Equal("PONG", await PingAsync(port));

        await model.CommandAsync("store", "stop");
        await model.StateAsync("store", KnownResourceStates.Exited);
        await model.CommandAsync("store", "start");
        await model.StateAsync("store", KnownResourceStates.Running);

        Assert.Equal(port, store.GetEndpoint("tcp").Port);
        Assert.Equal("PONG", await PingAsync(port));
    }

    [Fact]
    public async Task A_persistent_container_goes_on_without_the_host_and_is_found_again()
    {
        var model = await NewAsync();
        AddContainer(model, "keeper", "exec sleep 1000").WithLifetime(ContainerLifetime.Persistent).WithContainerName("aspire-test-keeper");
        await model.StartAsync();
        var first = Id(await model.StateAsync("keeper", KnownResourceStates.Running));
        await model.App.StopAsync();
        Assert.Equal("true", (await engine.RunAsync("inspect", "--format", "{{.State.Running}}", "aspire-test-keeper")).Trim());

        await using var again = new RunningModel(folder: model.Folder);
        AddContainer(again, "keeper", "exec sleep 1000").WithLifetime(ContainerLifetime.Persistent).WithContainerName("aspire-test-keeper");
        await again.StartAsync();
        var second = Id(await again.StateAsync("keeper", KnownResourceStates.Running));

        Assert.Equal(first, second);
        await engine.RunAsync("rm", "--force", "aspire-test-keeper");

        static string? Id(ResourceEvent change) => change.Snapshot.Properties.First(property => property.Name == "container.id").Value?.ToString();
    }

    [Fact]
    public async Task An_image_that_can_not_be_had_is_named()
    {
        var model = await NewAsync();
        model.Builder.AddContainer("nothing", "no.such.registry.invalid/image", "1").WithImagePullPolicy(ImagePullPolicy.Never);
        await model.StartAsync();

        await model.StateAsync("nothing", KnownResourceStates.FailedToStart);

        Assert.Contains(await model.LogAsync("nothing"), line => line.Contains("Container 'nothing': image 'no.such.registry.invalid/image:1' is not there and is never pulled.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_container_is_built_from_its_Dockerfile()
    {
        var model = await NewAsync();
        var context = Directory.CreateDirectory(Path.Combine(model.Folder, "context"));
        await File.WriteAllTextAsync(Path.Combine(context.FullName, "said"), "from the context", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(context.FullName, "Dockerfile"),
            $"""
            FROM {DockerEngine.RedisImage} AS first
            ARG WHO
            ENV WHO=$WHO
            COPY said /said
            ENTRYPOINT ["/bin/sh", "-c", "cat /said; echo; echo \"for $WHO\"; exit 3"]
            FROM first AS second
            ENTRYPOINT ["/bin/false"]
            """,
            TestContext.Current.CancellationToken);
        model.Builder.AddDockerfile("built", "context", stage: "first").WithBuildArg("WHO", model.Builder.AddParameter("who", "a friend"));
        model.Builder.AddDockerfile("broken", "context", "NoSuchFile");
        await model.StartAsync();

        var built = await model.StateAsync("built", KnownResourceStates.Exited);
        await model.StateAsync("broken", KnownResourceStates.FailedToStart);

        Assert.Equal(3, built.Snapshot.ExitCode);
        var log = await model.LogAsync("built");
        Assert.Contains("from the context", log);
        Assert.Contains("for a friend", log);
        Assert.Contains(await model.LogAsync("broken"), line => line.Contains("can't be built from", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_engine_a_container_is_shown_as_such_and_the_rest_runs()
    {
        _model = new RunningModel();
        _model.Builder.Configuration["DcpPublisher:ContainerRuntime"] = "no-such-engine";
        _model.Builder.AddContainer("box", "image");
        _model.AddShell("fine", "sleep 1000");
        await _model.StartAsync();

        await _model.StateAsync("box", KnownResourceStates.RuntimeUnhealthy);
        await _model.StateAsync("fine", KnownResourceStates.Running);
    }

    [Fact]
    public async Task Where_an_engine_must_answer_in_time_the_start_fails_without_one()
    {
        _model = new RunningModel();
        _model.Builder.Configuration["DcpPublisher:ContainerRuntime"] = "no-such-engine";
        _model.Builder.Configuration["DcpPublisher:ContainerRuntimeInitializationTimeout"] = "00:00:01";
        _model.Builder.AddContainer("box", "image");

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(_model.StartAsync);

        Assert.Equal("Container runtime 'no-such-engine' could not be found. See https://aka.ms/aspire/containers for more details on supported container runtimes.", exception.Message);
    }

    private static IResourceBuilder<ContainerResource> AddContainer(RunningModel model, string name, string script) =>
        model.Builder.AddContainer(name, DockerEngine.RedisImage.Split(':')[0], DockerEngine.RedisImage.Split(':')[1]).WithEntrypoint("/bin/sh").WithArgs("-c", script);

    /// <summary>Until there is an answer: a container that runs does not listen yet.</summary>
    private static async Task<string> PingAsync(int port)
    {
        for (var deadline = DateTime.UtcNow + RunningModel.Patience; ; await Task.Delay(50))
        {
            try
            {
                return await PingOnceAsync(port);
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException && DateTime.UtcNow < deadline)
            {
                // Not yet.
            }
        }
    }

    private static async Task<string> PingOnceAsync(int port)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        var stream = client.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        return (await reader.ReadLineAsync().WaitAsync(RunningModel.Patience) ?? throw new EndOfStreamException()).TrimStart('+');
    }

    private async Task<RunningModel> NewAsync()
    {
        await engine.StartAsync();

        // The engine's command line takes its address from the environment of this process.
        foreach (var (name, value) in engine.Environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        return _model = new RunningModel();
    }
}
