#pragma warning disable CS0618 // Hooks are obsolete and still called.
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Lifecycle;

namespace Aspire.Hosting.Tests.Execution;

public class StartTests
{
    [Fact]
    public async Task Hooks_are_called_at_each_stage()
    {
        await using var model = new RunningModel();
        var hook = new Hook();
        model.Builder.Services.AddLifecycleHook(_ => hook);
        model.AddShell("program", "sleep 60").WithHttpEndpoint(env: "PORT");

        await model.StartAsync();

        await hook.Created.Task.WaitAsync(RunningModel.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(["before False", "created"], hook.Calls);
    }

    [Fact]
    public async Task An_external_service_runs_once_its_URL_is_known()
    {
        await using var model = new RunningModel();
        model.Builder.AddExternalService("fixed", "https://api.test/");
        model.Builder.AddExternalService("parameter", model.Builder.AddParameter("url", "https://api.test/v1"));
        model.Builder.AddExternalService("wrong", model.Builder.AddParameter("none", "nowhere"));

        await model.StartAsync();

        await model.StateAsync("fixed", KnownResourceStates.Running);
        var known = await model.StateAsync("parameter", KnownResourceStates.Running);
        await model.StateAsync("wrong", KnownResourceStates.FailedToStart);
        Assert.Equal("api.test", known.Snapshot.Properties.Single(property => property.Name == CustomResourceKnownProperties.Source).Value);
    }

    [Fact]
    public async Task A_command_that_throws_fails_with_the_message_and_one_that_gives_up_is_canceled()
    {
        await using var model = new RunningModel();
        var program = model.AddShell("program", "sleep 60")
            .WithCommand("throw", "Throw", _ => throw new InvalidOperationException("Out of order."))
            .WithCommand("cancel", "Cancel", _ => throw new OperationCanceledException());
        await model.StartAsync();

        var thrown = await model.App.ResourceCommands.ExecuteCommandAsync(program.Resource, "throw", TestContext.Current.CancellationToken);
        var canceled = await model.App.ResourceCommands.ExecuteCommandAsync(program.Resource, "cancel", TestContext.Current.CancellationToken);

        Assert.Equal((false, false, "Out of order."), (thrown.Success, thrown.Canceled, thrown.Message));
        Assert.True(canceled.Canceled);
    }

    private sealed class Hook : IDistributedApplicationLifecycleHook
    {
        public List<string> Calls { get; } = [];

        public TaskCompletionSource Created { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task BeforeStartAsync(DistributedApplicationModel appModel, CancellationToken cancellationToken = default) => AddAsync($"before {IsAllocated(appModel)}");

        public Task AfterEndpointsAllocatedAsync(DistributedApplicationModel appModel, CancellationToken cancellationToken = default) => AddAsync($"allocated {IsAllocated(appModel)}");

        public Task AfterResourcesCreatedAsync(DistributedApplicationModel appModel, CancellationToken cancellationToken = default)
        {
            Calls.Add("created");
            Created.TrySetResult();
            return Task.CompletedTask;
        }

        private Task AddAsync(string call)
        {
            Calls.Add(call);
            return Task.CompletedTask;
        }

        private static bool IsAllocated(DistributedApplicationModel model) => model.Resources.OfType<ExecutableResource>().Single().GetEndpoint("http").IsAllocated;
    }
}
