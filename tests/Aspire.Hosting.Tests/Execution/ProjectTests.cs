using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;

namespace Aspire.Hosting.Tests.Execution;

public sealed class ProjectTests : IAsyncDisposable
{
    private readonly RunningModel _model = new();

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    [Fact]
    public async Task A_project_runs_with_its_launch_profile_in_its_folder()
    {
        var service = _model.AddTestService("service").WithEnvironment("FROM_MODEL", "also").WithArgs("--more");
        await _model.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(service.GetEndpoint("http").Url) };

        var environment = (await client.GetStringAsync("/env")).Split('\n').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal("Development", environment["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("yes", environment["FROM_PROFILE"]);
        Assert.Equal("also", environment["FROM_MODEL"]);
        Assert.Equal("http", environment["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("service", environment["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service.instance.id=[a-z]{8}$", environment["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Matches(@"^http://localhost:\d+$", environment["ASPNETCORE_URLS"]);
        Assert.NotEqual(new Uri(environment["ASPNETCORE_URLS"]).Port, client.BaseAddress.Port);
        Assert.Equal("--from\nlaunch profile\n--more", await client.GetStringAsync("/args"));
        Assert.EndsWith(Path.Combine("tests", "Programs", "TestService"), await client.GetStringAsync("/folder"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_replica_has_a_name_a_port_and_an_identity_of_its_own_behind_one_public_port()
    {
        var ready = 0;
        var service = _model.AddTestService("service").WithReplicas(3).OnResourceReady((_, _, _) =>
        {
            Interlocked.Increment(ref ready);
            return Task.CompletedTask;
        });
        await _model.StartAsync();
        await AllRunAsync(service.Resource, 3);

        var pids = new HashSet<string>();
        await RunningModel.UntilAsync(
            async () =>
            {
                using var client = Client(service);
                pids.Add(await client.GetStringAsync("/"));
                return pids.Count == 3;
            },
            "all three answered");

        var instances = _model.Instances(service.Resource);
        Assert.Equal(instances.Select(RunningModel.Pid).Order(), pids.Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).Order());
        Assert.Equal(3, instances.Select(instance => instance.Snapshot.EnvironmentVariables.First(variable => variable.Name == "OTEL_RESOURCE_ATTRIBUTES").Value).Distinct().Count());
        Assert.Equal(3, instances.Select(instance => instance.Snapshot.EnvironmentVariables.First(variable => variable.Name == "ASPNETCORE_URLS").Value).Distinct().Count());
        Assert.All(instances, instance => Assert.Matches("^service-[a-z]{8}$", instance.ResourceId));
        await RunningModel.UntilAsync(() => Task.FromResult(_model.Instances(service.Resource).All(instance => instance.Snapshot.Ready is not null)), "all are ready");
        Assert.Equal(1, ready);
    }

    [Fact]
    public async Task A_replica_that_is_killed_under_load_fails_no_request_that_had_not_been_sent_to_it_and_can_be_started_again()
    {
        var service = _model.AddTestService("service").WithReplicas(3);
        await _model.StartAsync();
        await AllRunAsync(service.Resource, 3);
        var victim = RunningModel.Pid(_model.Instances(service.Resource)[0]);
        using var load = new CancellationTokenSource();
        var answered = new ConcurrentDictionary<string, int>();
        var lost = 0;
        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!load.IsCancellationRequested)
            {
                // A connection for each request: what fails is what the killed one had in hand.
                using var client = Client(service);
                try
                {
                    answered.AddOrUpdate(await client.GetStringAsync("/"), 1, (_, count) => count + 1);
                }
                catch (HttpRequestException)
                {
                    Interlocked.Increment(ref lost);
                }
            }
        })).ToArray();
        await RunningModel.UntilAsync(() => Task.FromResult(answered.Count == 3), "all three answered");

        using (var process = Process.GetProcessById(victim))
        {
            process.Kill();
        }

        await RunningModel.UntilAsync(() => Task.FromResult(_model.Instances(service.Resource)[0].Snapshot.State?.Text == KnownResourceStates.Finished), "the killed one is shown as ended");
        var after = answered.Values.Sum();
        await RunningModel.UntilAsync(() => Task.FromResult(answered.Values.Sum() > after + 200), "the others go on");
        await load.CancelAsync();
        await Task.WhenAll(workers);

        // Each worker has one request under way at most.
        Assert.InRange(lost, 0, workers.Length);

        await _model.CommandAsync(_model.Instances(service.Resource)[0].ResourceId, "start");
        await AllRunAsync(service.Resource, 3);
    }

    [Fact]
    public async Task A_command_on_a_resource_with_replicas_is_for_all_of_them()
    {
        var service = _model.AddTestService("service").WithReplicas(2).WithCommand("fail", "Fail", _ => Task.FromResult(CommandResults.Failure("no")));
        await _model.StartAsync();
        await AllRunAsync(service.Resource, 2);

        var failed = await _model.App.ResourceCommands.ExecuteCommandAsync(service.Resource, "fail").WaitAsync(RunningModel.Patience);
        var result = await _model.App.ResourceCommands.ExecuteCommandAsync(service.Resource, "stop").WaitAsync(RunningModel.Patience);

        Assert.Equal(
            ["2 command executions failed.", .. _model.Instances(service.Resource).Select(instance => $"Resource '{instance.ResourceId}' failed with error message: no")],
            failed.Message!.Split(Environment.NewLine));
        Assert.True(result.Success, result.Message);
        Assert.All(_model.Instances(service.Resource), instance => Assert.Equal(KnownResourceStates.Finished, instance.Snapshot.State?.Text));
    }

    [Fact]
    public async Task Callbacks_are_called_once_for_all_replicas_and_again_at_each_start_by_command()
    {
        var environments = 0;
        var arguments = 0;
        var service = _model.AddTestService("service").WithReplicas(2).WithEnvironment(_ => environments++).WithArgs(_ => arguments++);
        await _model.StartAsync();
        await AllRunAsync(service.Resource, 2);
        Assert.Equal((1, 1), (environments, arguments));

        await _model.CommandAsync(service.Resource.InstanceNames()[0], "restart");

        await AllRunAsync(service.Resource, 2);
        Assert.Equal((2, 2), (environments, arguments));
    }

    [Fact]
    public async Task A_replica_that_is_stopped_while_callbacks_run_does_not_take_the_others_with_it()
    {
        var entered = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var service = _model.AddTestService("service").WithReplicas(2).WithEnvironment(async context =>
        {
            entered.SetResult();
            await goOn.Task.WaitAsync(context.CancellationToken);
        });
        var started = _model.StartAsync();
        await entered.Task.WaitAsync(RunningModel.Patience);

        await _model.CommandAsync(service.Resource.InstanceNames()[0], "stop");
        goOn.SetResult();
        await started;

        await RunningModel.UntilAsync(() => Task.FromResult(_model.Instances(service.Resource)[1].Snapshot.State?.Text == KnownResourceStates.Running), "the other one runs");
    }

    [Fact]
    public async Task Connections_are_held_while_the_instance_restarts()
    {
        var service = _model.AddTestService("service");
        await _model.StartAsync();
        using var client = Client(service);
        var first = await client.GetStringAsync("/");

        var restart = _model.CommandAsync("service", "restart");
        await RunningModel.UntilAsync(
            async () =>
            {
                using var request = Client(service);
                try
                {
                    return await request.GetStringAsync("/") != first;
                }
                catch (HttpRequestException)
                {
                    return false; // It had reached the one that was just stopped.
                }
            },
            "the new one answers on the same port");
        await restart;
    }

    [Fact]
    public async Task An_http_command_posts_and_brings_back_what_was_answered()
    {
        var service = _model.AddTestService("service");
        service.WithHttpCommand("/reset", "Reset", endpointName: "http", commandName: "reset", commandOptions: new HttpCommandOptions { ResultMode = HttpCommandResultMode.Auto });
        service.WithHttpCommand("/broken", "Break", endpointName: "http", commandName: "break");
        await _model.StartAsync();
        await _model.StateAsync("service", KnownResourceStates.Running);

        var reset = await _model.CommandAsync("service", "reset");
        var broken = await _model.App.ResourceCommands.ExecuteCommandAsync("service", "break").WaitAsync(RunningModel.Patience);

        Assert.Equal("{\"posts\":1}", reset.Data?.Value);
        Assert.Equal(CommandResultFormat.Json, reset.Data?.Format);
        Assert.False(broken.Success);
    }

    [Fact]
    public async Task A_project_that_is_not_built_says_so()
    {
        var project = Path.Combine(_model.Folder, "Nowhere.csproj");
        await File.WriteAllTextAsync(project, "<Project />");
        _model.Builder.AddResource(new ProjectResource("nowhere")).WithAnnotation(new Unbuilt(project));
        await _model.StartAsync();

        await _model.StateAsync("nowhere", KnownResourceStates.FailedToStart);

        Assert.Contains(await _model.LogAsync("nowhere"), line => line.Contains("of resource 'nowhere' is not built", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_that_does_not_build_says_so()
    {
        var project = Path.Combine(_model.Folder, "Broken.csproj");
        await File.WriteAllTextAsync(project, "<Project Sdk=\"Microsoft.NET.Sdk\"><Target Name=\"Fail\" BeforeTargets=\"_CollectRestoreInputs;Restore;Build\"><Error Text=\"broken on purpose\" /></Target></Project>");
        _model.Builder.AddProject("broken", project);
        await _model.StartAsync();

        await _model.StateAsync("broken", KnownResourceStates.FailedToStart);

        Assert.Contains(await _model.LogAsync("broken"), line => line.Contains("of resource 'broken' does not build", StringComparison.Ordinal));
    }

    private static HttpClient Client(IResourceBuilder<ProjectResource> service) => new() { BaseAddress = new Uri(service.GetEndpoint("http").Url), Timeout = RunningModel.Patience };

    private Task AllRunAsync(IResource resource, int count) => RunningModel.UntilAsync(
        () => Task.FromResult(_model.Instances(resource).Count(instance => instance.Snapshot.State?.Text == KnownResourceStates.Running) == count),
        $"all {count} run");

    private sealed class Unbuilt(string path) : IProjectMetadata
    {
        public string ProjectPath => path;

        public bool SuppressBuild => true;
    }
}
