using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Tests.Execution;

/// <summary>Models that are really run.</summary>
public sealed class RunTests : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("aspire-run").FullName;
    private readonly IDistributedApplicationBuilder _builder;
    private DistributedApplication? _app;

    public RunTests() =>
        _builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true, ProjectDirectory = _folder });

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            using var limit = new CancellationTokenSource(s_patience);
            await _app.StopAsync(limit.Token);
            await _app.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Output_goes_to_the_log_of_the_resource_with_a_time_stamp()
    {
        AddShell("talker", "echo hello; echo oops >&2");
        await StartAsync();

        await StateAsync("talker", KnownResourceStates.Finished);

        var lines = await LogAsync("talker");
        Assert.Contains(lines, line => line.Content.EndsWith("Z hello", StringComparison.Ordinal) && !line.IsErrorMessage);
        Assert.Contains(lines, line => line.Content.EndsWith("Z oops", StringComparison.Ordinal) && line.IsErrorMessage);
        Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z ", line.Content));
    }

    [Fact]
    public async Task A_program_that_ends_is_finished_with_its_exit_code()
    {
        AddShell("ender", "exit 3");
        await StartAsync();

        var ended = await StateAsync("ender", KnownResourceStates.Finished);

        Assert.Equal(3, ended.Snapshot.ExitCode);
        Assert.NotNull(ended.Snapshot.StopTimeStamp);
    }

    [Theory]
    [InlineData("no-such-program", ".", "The executable 'no-such-program' was not found")]
    [InlineData("/bin/sh", "no-such-folder", "The working directory '")]
    public async Task What_can_not_be_started_says_why_and_the_rest_runs(string program, string folder, string reason)
    {
        _builder.AddExecutable("broken", program, folder);
        AddShell("fine", "sleep 1000");
        await StartAsync();

        await StateAsync("broken", KnownResourceStates.FailedToStart);
        await StateAsync("fine", KnownResourceStates.Running);

        Assert.Contains(await LogAsync("broken"), line => line.IsErrorMessage && line.Content.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_fails_its_resource_alone()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        AddShell("late", "sleep 1000").WithHttpEndpoint(port: port, env: "PORT");
        AddShell("fine", "sleep 1000");
        await StartAsync();

        await StateAsync("late", KnownResourceStates.FailedToStart);
        await StateAsync("fine", KnownResourceStates.Running);

        Assert.Contains(await LogAsync("late"), line => line.Content.Contains($"Endpoint 'http' of resource 'late' can't listen on port {port}: the port is already in use.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resources_that_wait_for_each_other_fail_and_the_rest_runs()
    {
        var a = AddShell("a", "sleep 1000");
        var b = AddShell("b", "sleep 1000").WaitFor(a);
        a.WaitFor(b);
        AddShell("fine", "sleep 1000");
        await StartAsync();

        await StateAsync("a", KnownResourceStates.FailedToStart);
        await StateAsync("b", KnownResourceStates.FailedToStart);
        await StateAsync("fine", KnownResourceStates.Running);

        Assert.Contains(await LogAsync("a"), line => line.Content.Contains("Resource 'a' waits for itself: 'a' -> 'b' -> 'a'.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dependent_starts_when_its_dependency_is_healthy_and_its_ready_handlers_are_done()
    {
        var healthy = false;
        var handled = new TaskCompletionSource();
        _builder.Services.AddHealthChecks().AddCheck("store_check", () => Volatile.Read(ref healthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("not yet"));
        var store = AddShell("store", "sleep 1000").WithHealthCheck("store_check").OnResourceReady((_, _, _) => handled.Task);
        AddShell("app", "sleep 1000").WaitFor(store);
        var started = StartAsync();

        await _app!.ResourceNotifications.WaitForResourceAsync("store", change => change.Snapshot.HealthStatus == HealthStatus.Unhealthy).WaitAsync(s_patience);
        Assert.Matches("^store-[a-z]{8}$", Assert.Single(Assert.IsAssignableFrom<IEnumerable<string>>(Value(await StateAsync("app", KnownResourceStates.Waiting), "resource.waitingFor"))));

        Volatile.Write(ref healthy, true);
        await _app.ResourceNotifications.WaitForResourceAsync("store", change => change.Snapshot.HealthStatus == HealthStatus.Healthy).WaitAsync(s_patience);
        Assert.Equal(KnownResourceStates.Waiting, Current("app").Snapshot.State?.Text);

        Assert.False(started.IsCompleted);
        handled.SetResult();
        await StateAsync("app", KnownResourceStates.Running);
        var log = (await LogAsync("app")).Select(line => line.Content[29..]).ToList();
        Assert.Equal(
            [
                "Waiting for resource 'store' to enter the 'Running' state.",
                "Waiting for resource 'store' to become healthy.",
                "Waiting for resource ready to execute for 'store'.",
                "Finished waiting for resource 'store'.",
            ],
            log);
        await started;
    }

    [Fact]
    public async Task The_start_of_the_application_lasts_until_all_are_under_way_and_its_handlers_are_done()
    {
        var handled = new TaskCompletionSource();
        AddShell("app", "sleep 1000").WaitForCompletion(AddShell("first", "sleep 1"));
        _builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => handled.Task);

        var started = StartAsync();
        await StateAsync("app", KnownResourceStates.Running);
        Assert.False(started.IsCompleted);
        handled.SetResult();
        await started;
    }

    [Fact]
    public async Task A_start_that_is_given_up_is_cancelled()
    {
        AddShell("app", "sleep 1000").WaitFor(AddShell("never", "sleep 1000").WithExplicitStart());
        _app = _builder.Build();
        using var given = new CancellationTokenSource();
        var started = _app.StartAsync(given.Token);
        await StateAsync("app", KnownResourceStates.Waiting);

        await given.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => started);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Told_to_end_a_run_does_not_wait_for_code_that_does_not_heed_it(bool isHandler)
    {
        var entered = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        var app = AddShell("app", "sleep 1000");
        if (isHandler)
        {
            _builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => HangAsync());
        }
        else
        {
            app.WithEnvironment(_ => HangAsync());
        }

        var application = _builder.Build();
        var run = application.RunAsync();
        await entered.Task.WaitAsync(s_patience);

        application.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await run.WaitAsync(s_patience);

        Task HangAsync()
        {
            entered.SetResult();
            return never.Task;
        }
    }

    [Fact]
    public async Task A_handler_that_throws_once_all_are_under_way_fails_the_start()
    {
        _builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => throw new InvalidOperationException("boom"));
        AddShell("app", "sleep 1000");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(StartAsync);

        Assert.Equal("boom", exception.Message);
    }

    [Fact]
    public async Task Told_to_end_while_something_waits_a_run_ends_all_and_that_is_no_error()
    {
        var pid = Path.Combine(_folder, "pid");
        AddShell("program", $"echo $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 1000");
        AddShell("app", "sleep 1000").WaitFor(AddShell("never", "sleep 1000").WithExplicitStart());
        using var errors = new Errors();
        _builder.Services.AddSingleton<ILoggerProvider>(errors);
        var app = _builder.Build();
        var run = app.RunAsync();
        await app.ResourceNotifications.WaitForResourceAsync("app", KnownResourceStates.Waiting).WaitAsync(s_patience);
        await RunningModel.UntilAsync(() => Task.FromResult(File.Exists(pid)), "the program runs");

        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await run.WaitAsync(s_patience);
        Assert.False(ProcessRunnerTests.IsAlive(int.Parse(await File.ReadAllTextAsync(pid), CultureInfo.InvariantCulture)));
        Assert.Empty(errors.Lines);
    }

    [Fact]
    public async Task A_dependency_that_fails_fails_its_dependent_when_it_is_to_stop_waiting()
    {
        var broken = _builder.AddExecutable("broken", "no-such-program", _folder);
        AddShell("app", "sleep 1000").WaitFor(broken, WaitBehavior.StopOnResourceUnavailable);
        await StartAsync();

        await StateAsync("app", KnownResourceStates.FailedToStart);

        var log = await LogAsync("app");
        Assert.Contains(log, line => line.Content.EndsWith("Dependency resource 'broken' failed to start.", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Content.Contains("Resource 'app' stopped waiting for dependency resource 'broken' because it failed to start.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dependent_that_keeps_waiting_starts_when_its_dependency_at_last_does()
    {
        var flaky = AddShell("flaky", "sleep 1000").WithExplicitStart();
        AddShell("app", "sleep 1000").WaitFor(flaky, WaitBehavior.WaitOnResourceUnavailable);
        var started = StartAsync();
        await StateAsync("app", KnownResourceStates.Waiting);
        Assert.Equal(KnownResourceStates.NotStarted, Current("flaky").Snapshot.State?.Text);

        await CommandAsync("flaky", "start");

        await StateAsync("app", KnownResourceStates.Running);
        await started;
    }

    [Fact]
    public async Task Waiting_for_completion_wants_the_exit_code()
    {
        var migration = AddShell("migration", "exit 5");
        AddShell("right", "sleep 1000").WaitForCompletion(migration, exitCode: 5);
        AddShell("wrong", "sleep 1000").WaitForCompletion(migration);
        await StartAsync();

        await StateAsync("right", KnownResourceStates.Running);
        await StateAsync("wrong", KnownResourceStates.FailedToStart);

        Assert.Contains(
            await LogAsync("wrong"),
            line => line.Content.Contains("Resource 'wrong' stopped waiting for dependency resource 'migration' because it entered the 'Finished' state with exit code '5', expected '0'.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Started_by_command_while_it_waits_a_resource_waits_no_longer()
    {
        var never = AddShell("never", "sleep 1000").WithExplicitStart();
        AddShell("app", "sleep 1000").WaitFor(never);
        var started = StartAsync();
        await StateAsync("app", KnownResourceStates.Waiting);

        await CommandAsync("app", "start");

        await StateAsync("app", KnownResourceStates.Running);
        await started;
    }

    [Fact]
    public async Task Stop_start_and_restart_do_what_they_say_and_old_names_are_taken()
    {
        AddShell("worker", "echo pid $$; sleep 1000");
        await StartAsync();
        var first = Property(await StateAsync("worker", KnownResourceStates.Running), "executable.pid");
        Assert.Equal((ResourceCommandState.Hidden, ResourceCommandState.Enabled, ResourceCommandState.Enabled), Commands("worker"));

        var stopped = await CommandAsync("worker", "stop");
        Assert.Equal("Successfully stopped 'worker'.", stopped.Message);
        await StateAsync("worker", KnownResourceStates.Finished);
        Assert.Equal((ResourceCommandState.Enabled, ResourceCommandState.Hidden, ResourceCommandState.Disabled), Commands("worker"));

        await CommandAsync("worker", "resource-start");
        var second = Property(await StateAsync("worker", KnownResourceStates.Running), "executable.pid");
        await CommandAsync("worker", "restart");
        var third = Property(await StateAsync("worker", KnownResourceStates.Running), "executable.pid");

        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
    }

    [Fact]
    public async Task An_unknown_command_and_an_unknown_resource_are_told()
    {
        var worker = AddShell("worker", "sleep 1000");
        await StartAsync();
        await StateAsync("worker", KnownResourceStates.Running);

        Assert.Equal("Resource 'nobody' not found.", (await _app!.ResourceCommands.ExecuteCommandAsync("nobody", "start")).Message);
        Assert.Equal("Command 'dance' not available for resource 'worker'.", (await _app.ResourceCommands.ExecuteCommandAsync(worker.Resource, "dance")).Message);
    }

    [Fact]
    public async Task A_command_of_the_users_gets_its_arguments_and_its_checks()
    {
        var worker = AddShell("worker", "sleep 1000");
#pragma warning disable ASPIREINTERACTION001
        worker.WithCommand(
            "greet",
            "Greet",
            context => Task.FromResult(CommandResults.Success("done", $"Hello {context.Arguments.GetString("who")}", CommandResultFormat.Text)),
            new CommandOptions { Arguments = [new InteractionInput { Name = "who", InputType = InputType.Text, Required = true }] });
        await StartAsync();

        var missing = await _app!.ResourceCommands.ExecuteCommandAsync(worker.Resource, "greet");
        var greeted = await _app.ResourceCommands.ExecuteCommandAsync(worker.Resource, "greet", new InteractionInputCollection([new InteractionInput { Name = "who", InputType = InputType.Text, Value = "you" }]));
#pragma warning restore ASPIREINTERACTION001

        Assert.False(missing.Success);
        Assert.Equal("Command argument validation failed.", missing.Message);
        Assert.Equal("Hello you", greeted.Data?.Value);
    }

    [Fact]
    public async Task Environment_and_arguments_are_evaluated_at_each_start()
    {
        var starts = 0;
        _builder.AddExecutable("env", "/bin/sh", _folder, "-c", "echo \"$TURN $1\"", "sh")
            .WithEnvironment(context => context.EnvironmentVariables["TURN"] = $"turn {++starts}")
            .WithArgs(context => context.Args.Add($"arg{starts}"));
        await StartAsync();
        await StateAsync("env", KnownResourceStates.Finished);

        await CommandAsync("env", "start");
        await StateAsync("env", KnownResourceStates.Finished);

        var lines = (await LogAsync("env")).Select(line => line.Content[29..]).Where(line => line.StartsWith("turn", StringComparison.Ordinal));
        Assert.Equal(["turn 1 arg1", "turn 2 arg2"], lines);
    }

    [Fact]
    public async Task Children_do_not_inherit_what_speaks_of_the_host_itself()
    {
        _builder.AddExecutable("env", "env", _folder);
        await StartAsync();
        await StateAsync("env", KnownResourceStates.Finished);

        var names = (await LogAsync("env")).Select(line => line.Content[29..].Split('=')[0]).ToList();
        Assert.Contains("PATH", names);
        Assert.DoesNotContain("ASPNETCORE_ENVIRONMENT", names);
        Assert.DoesNotContain("DOTNET_ENVIRONMENT", names);
        Assert.DoesNotContain("ASPNETCORE_URLS", names);
    }

    [Fact]
    public async Task The_events_come_in_the_published_order()
    {
        var events = new ConcurrentQueue<string>();
        AddShell("one", "sleep 1000").WithHttpEndpoint(env: "PORT")
            .OnInitializeResource((_, _, _) => Note("initialize"))
            .OnResourceEndpointsAllocated((_, _, _) => Note("endpoints"))
            .OnBeforeResourceStarted((_, _, _) => Note("before"))
            .OnResourceReady((_, _, _) => Note("ready"))
            .OnResourceStopped((_, _, _) => Note("stopped"));
        _builder.OnBeforeStart((_, _) => Note("start"));
        _builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => Note("created"));
        await StartAsync();
        Assert.Contains("created", events);
        await StateAsync("one", KnownResourceStates.Running);
        await _app!.ResourceNotifications.WaitForResourceHealthyAsync("one").WaitAsync(s_patience);

        await CommandAsync("one", "stop");

        Assert.Equal(["start", "initialize", "endpoints", "before", "ready", "stopped"], events.Where(name => name != "created"));

        Task Note(string name)
        {
            events.Enqueue(name);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_resource_is_ready_once_for_each_start()
    {
        using var ready = new SemaphoreSlim(0);
        AddShell("one", "sleep 1000").OnResourceReady((_, _, _) =>
        {
            ready.Release();
            return Task.CompletedTask;
        });
        await StartAsync();
        for (var start = 0; start < 3; start++)
        {
            Assert.True(await ready.WaitAsync(s_patience));
            await CommandAsync("one", start < 2 ? "restart" : "stop");
        }

        Assert.Equal(0, ready.CurrentCount);
    }

    [Fact]
    public async Task A_resource_is_about_to_start_before_it_waits()
    {
        var events = new ConcurrentQueue<string>();
        var first = AddShell("first", "sleep 1");
        AddShell("second", "sleep 1000").WaitForCompletion(first).OnBeforeResourceStarted((_, _, _) =>
        {
            events.Enqueue($"{Current("second").Snapshot.State?.Text} before {Current("first").Snapshot.State?.Text}");
            return Task.CompletedTask;
        });
        await StartAsync();

        await StateAsync("second", KnownResourceStates.Running);

        Assert.DoesNotContain(KnownResourceStates.Finished, Assert.Single(events), StringComparison.Ordinal);
        Assert.StartsWith(KnownResourceStates.Starting, events.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_initialization_may_take_its_time_and_fail_without_holding_others()
    {
        var never = new TaskCompletionSource();
        AddShell("slow", "sleep 1000").OnInitializeResource((_, _, _) => never.Task);
        AddShell("broken", "sleep 1000").OnInitializeResource((_, _, _) => throw new InvalidOperationException("boom"));

        await StartAsync();

        await StateAsync("slow", KnownResourceStates.Running);
        await StateAsync("broken", KnownResourceStates.Running);
        Assert.Contains(await LogAsync("broken"), line => line.Content.Contains("boom", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_resource_of_ones_own_waits_when_it_says_that_it_is_about_to_start()
    {
        var first = AddShell("first", "sleep 1");
        var own = _builder.AddResource(new Own("own")).WaitForCompletion(first).OnInitializeResource(async (resource, initialize, cancellationToken) =>
        {
            await initialize.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, initialize.Services), cancellationToken);
            await initialize.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = $"after {Current("first").Snapshot.State?.Text}" });
        });
        var broken = _builder.AddExecutable("broken", "no-such-program", _folder);
        var failure = new TaskCompletionSource<Exception>();
        _builder.AddResource(new Own("other")).WaitFor(broken).OnInitializeResource(async (resource, initialize, cancellationToken) =>
            failure.SetResult(await Assert.ThrowsAsync<DistributedApplicationException>(() => initialize.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, initialize.Services), cancellationToken))));

        await StartAsync();

        await StateAsync("own", "after Finished");
        Assert.Equal("Resource 'other' stopped waiting for dependency resource 'broken' because it failed to start.", (await failure.Task.WaitAsync(s_patience)).Message);
    }

    [Fact]
    public async Task A_resource_of_ones_own_shows_the_addresses_and_the_connection_string_it_tells_of()
    {
        _builder.AddResource(new Own("own")).WithHttpEndpoint(targetPort: 5).OnInitializeResource(async (resource, initialize, cancellationToken) =>
        {
            var endpoint = resource.Annotations.OfType<EndpointAnnotation>().Single();
            Assert.Null(endpoint.AllocatedEndpoint);
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", 4321);
            await initialize.Eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, initialize.Services), cancellationToken);
            await initialize.Eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, initialize.Services), cancellationToken);
            await initialize.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.Running });
        });

        await StartAsync();

        var own = await StateAsync("own", KnownResourceStates.Running);
        Assert.Equal("http://localhost:4321", Assert.Single(own.Snapshot.Urls).Url);
        Assert.Equal("own", Value(own, CustomResourceKnownProperties.ConnectionString));
        Assert.Equal("h", Assert.IsType<Dictionary<string, string?>>(Value(own, CustomResourceKnownProperties.ConnectionProperties))["Host"]);
    }

    [Fact]
    public async Task What_ends_with_the_host_ends_without_the_event()
    {
        var stopped = 0;
        AddShell("one", "sleep 1000").OnResourceStopped((_, _, _) =>
        {
            stopped++;
            return Task.CompletedTask;
        });
        await StartAsync();
        await StateAsync("one", KnownResourceStates.Running);

        await _app!.StopAsync();

        Assert.Equal(0, stopped);
    }

    [Fact]
    public async Task A_program_a_resource_needs_that_is_not_there_is_warned_of()
    {
#pragma warning disable ASPIRECOMMAND001
        AddShell("needy", "sleep 1000").WithRequiredCommand("no-such-program", "https://help.example")
            .WithRequiredCommand("sh", context => Task.FromResult(context.Failure($"{Path.GetFileName(context.ResolvedPath)} is too old")))
            .WithRequiredCommand("/bin/sh", context => Task.FromResult(context.Success()));
#pragma warning restore ASPIRECOMMAND001
        await StartAsync();
        await StateAsync("needy", KnownResourceStates.Running);

        Assert.Equal(
            [
                "Resource 'needy' may fail to start: Required command 'no-such-program' was not found on PATH or at the specified location. For installation instructions, see: https://help.example",
                "Resource 'needy' may fail to start: Command 'sh' validation failed: sh is too old",
            ],
            (await LogAsync("needy")).Select(line => line.Content[29..]));
    }

    [Fact]
    public async Task A_wait_that_is_called_off_tells_how_far_the_resource_had_come()
    {
        AddShell("ender", "exit 3");
        await StartAsync();
        await StateAsync("ender", KnownResourceStates.Finished);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => _app!.ResourceNotifications.WaitForResourceAsync("ender", "Dancing", limit.Token));
        var nobody = await Assert.ThrowsAsync<DistributedApplicationException>(() => _app!.ResourceNotifications.WaitForResourceHealthyAsync("nobody"));

        Assert.StartsWith($"Resource 'ender' failed to reach one of the target states: [Dancing] before the operation was cancelled.{Environment.NewLine}- Current State: Finished", exception.Message, StringComparison.Ordinal);
        Assert.Contains("- Exit Code: 3", exception.Message, StringComparison.Ordinal);
        Assert.Equal("Stopped waiting for resource 'nobody' to become healthy because it does not exist in the application model.", nobody.Message);
    }

    [Fact]
    public async Task A_relative_URL_takes_the_place_of_the_path_of_those_that_are_there()
    {
        AddShell("site", "sleep 1000").WithHttpEndpoint(env: "PORT").WithUrl("https://elsewhere.example/a?b=c", "Elsewhere").WithUrl("/admin", "Admin")
            .WithUrls(_ => throw new InvalidOperationException("not this one"));
        await StartAsync();
        var running = await StateAsync("site", KnownResourceStates.Running);

        Assert.Collection(
            running.Snapshot.Urls.OrderBy(url => url.Name is null),
            url => Assert.Matches("^http://localhost:[0-9]+/admin$", url.Url),
            url => Assert.Equal("https://elsewhere.example/admin", url.Url));
        Assert.All(running.Snapshot.Urls, url => Assert.Equal("Admin", url.DisplayProperties.DisplayName));
    }

    [Fact]
    public async Task A_health_check_that_is_not_registered_stops_the_start()
    {
        AddShell("one", "sleep 1000").WithHealthCheck("nowhere");

        var exception = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(StartAsync);

        Assert.Contains("A health check registration is missing. Check logs for more details.", exception.Message, StringComparison.Ordinal);
        _app = null;
    }

    private IResourceBuilder<ExecutableResource> AddShell(string name, string script) => _builder.AddExecutable(name, "/bin/sh", _folder, "-c", script);

    private async Task StartAsync()
    {
        _app = _builder.Build();
        using var limit = new CancellationTokenSource(s_patience);
        await _app.StartAsync(limit.Token);
    }

    private async Task<ResourceEvent> StateAsync(string name, string state) =>
        await _app!.ResourceNotifications.WaitForResourceAsync(name, change => change.Snapshot.State?.Text == state).WaitAsync(s_patience);

    private ResourceEvent Current(string name) => _app!.ResourceNotifications.TryGetCurrentState(name, out var current) ? current : throw new InvalidOperationException(name);

    private (ResourceCommandState Start, ResourceCommandState Stop, ResourceCommandState Restart) Commands(string name)
    {
        var commands = Current(name).Snapshot.Commands.ToDictionary(command => command.Name, command => command.State);
        return (commands["start"], commands["stop"], commands["restart"]);
    }

    private static object? Value(ResourceEvent change, string name) => change.Snapshot.Properties.FirstOrDefault(property => property.Name == name)?.Value;

    private static string? Property(ResourceEvent change, string name) => Value(change, name)?.ToString();

    private async Task<ExecuteCommandResult> CommandAsync(string resource, string command)
    {
        var result = await _app!.ResourceCommands.ExecuteCommandAsync(resource, command).WaitAsync(s_patience);
        Assert.True(result.Success, result.Message);
        return result;
    }

    private async Task<List<LogLine>> LogAsync(string name)
    {
        List<LogLine> lines = [];
        await foreach (var batch in _app!.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(Current(name).ResourceId))
        {
            lines.AddRange(batch);
        }

        return lines;
    }

    private sealed class Own(string name) : Resource(name), IResourceWithWaitSupport, IResourceWithEndpoints, IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"own");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => [new("Host", ReferenceExpression.Create($"h"))];
    }
}
