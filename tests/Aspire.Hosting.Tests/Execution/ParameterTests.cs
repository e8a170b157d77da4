using System.Collections.Immutable;
using Aspire.Dashboard.Resources;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Tests.Execution;

public sealed class ParameterTests : IAsyncDisposable
{
    private readonly RunningModel _model = new(dashboard: true);

    public ParameterTests()
    {
        // The dashboard's side is played by the test.
        foreach (var dashboard in _model.Builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "DashboardService").ToList())
        {
            _model.Builder.Services.Remove(dashboard);
        }
    }

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    [Fact]
    public async Task A_parameter_with_a_value_runs_and_hides_it_when_it_is_a_secret()
    {
        _model.Builder.Configuration["Parameters:given"] = "known";
        _model.Builder.AddParameter("given", secret: true);
        await _model.StartAsync();

        var parameter = await _model.StateAsync("given", KnownResourceStates.Running);

        Assert.Equal("Parameter", parameter.Snapshot.ResourceType);
        Assert.True(parameter.Snapshot.Properties.First(property => property.Name == "Value").IsSensitive);
    }

    [Fact]
    public async Task A_missing_value_is_asked_for_and_those_who_need_it_wait_until_it_is_entered()
    {
        var missing = _model.Builder.AddParameter("missing");
        _model.AddShell("user", "echo got $GIVEN; sleep 1000").WithEnvironment("GIVEN", missing);
        var started = _model.StartAsync();
        await _model.StateAsync("missing", KnownResourceStates.ValueMissing);
        var interactions = _model.App.Services.GetRequiredService<InteractionService>();
        using var limit = new CancellationTokenSource(RunningModel.Patience);

        await foreach (var interaction in interactions.WatchAsync(limit.Token))
        {
            if (interaction is { Kind: InteractionKind.Notification, IsComplete: false })
            {
                Assert.Equal(("Unresolved parameters", "Enter values"), (interaction.Title, interaction.PrimaryButtonText));
                await interactions.RespondAsync(interaction.Id, new InteractionResponse(IsCanceled: false, Result: true, ImmutableDictionary<string, string?>.Empty));
            }
            else if (interaction is { Kind: InteractionKind.InputsDialog, IsComplete: false })
            {
                Assert.Equal("Set unresolved parameters", interaction.Title);
                var errors = await interactions.RespondAsync(interaction.Id, new InteractionResponse(false, true, ImmutableDictionary<string, string?>.Empty.Add("missing", "entered")));
                Assert.Empty(errors);
                break;
            }
        }

        await started;
        await _model.StateAsync("missing", KnownResourceStates.Running);
        await _model.StateAsync("user", KnownResourceStates.Running);
        await RunningModel.UntilAsync(async () => (await _model.LogAsync("user")).Contains("got entered"), "the value arrived");
    }

    [Fact]
    public async Task Nobody_is_asked_any_more_for_what_has_come_another_way_until_it_is_missing_again()
    {
        _model.Builder.AddParameter("missing");
        await _model.StartAsync();
        await _model.StateAsync("missing", KnownResourceStates.ValueMissing);
        var interactions = _model.App.Services.GetRequiredService<InteractionService>();
        using var limit = new CancellationTokenSource(RunningModel.Patience);
        await using var told = interactions.WatchAsync(limit.Token).GetAsyncEnumerator();
        Assert.True(await told.MoveNextAsync());
        var asked = told.Current;

#pragma warning disable ASPIREINTERACTION001
        var set = await _model.App.ResourceCommands.ExecuteCommandAsync("missing", "set-parameter", new InteractionInputCollection([new Hosting.InteractionInput { Name = "value", InputType = InputType.Text, Value = "there" }]));
#pragma warning restore ASPIREINTERACTION001
        Assert.True(set.Success, set.Message);
        Assert.True(await told.MoveNextAsync());
        Assert.Equal(asked with { IsComplete = true }, told.Current);

        await _model.App.ResourceCommands.ExecuteCommandAsync("missing", "delete-parameter");
        Assert.True(await told.MoveNextAsync());
        Assert.Equal((asked.Title, false), (told.Current.Title, told.Current.IsComplete));
    }

    [Fact]
    public async Task A_value_is_taken_while_who_runs_with_it_lacks_another()
    {
        _model.Builder.Configuration["Parameters:one"] = _model.Builder.Configuration["Parameters:two"] = "given";
        _model.AddShell("user", "sleep 1000").WithEnvironment("ONE", _model.Builder.AddParameter("one")).WithEnvironment("TWO", _model.Builder.AddParameter("two"));
        await _model.StartAsync();
        await _model.StateAsync("user", KnownResourceStates.Running);
        await _model.CommandAsync("two", "delete-parameter");

#pragma warning disable ASPIREINTERACTION001
        var set = _model.App.ResourceCommands.ExecuteCommandAsync("one", "set-parameter", new InteractionInputCollection([new Hosting.InteractionInput { Name = "value", InputType = InputType.Text, Value = "another" }]));
#pragma warning restore ASPIREINTERACTION001

        Assert.True((await set.WaitAsync(RunningModel.Patience)).Success);
    }

    [Fact]
    public async Task Who_runs_with_an_old_value_is_shown_as_out_of_date_until_it_is_restarted()
    {
        _model.Builder.Configuration["Parameters:color"] = "red";
        var color = _model.Builder.AddParameter("color");
        _model.AddShell("user", "sleep 1000").WithEnvironment("COLOR", color)
            .WithEnvironment(async context => context.EnvironmentVariables["SHADE"] = $"dark {await color.Resource.GetValueAsync(context.CancellationToken)}");
        await _model.StartAsync();
        await _model.StateAsync("user", KnownResourceStates.Running);

#pragma warning disable ASPIREINTERACTION001
        var set = await _model.App.ResourceCommands.ExecuteCommandAsync("color", "parameter-set", new InteractionInputCollection([new Hosting.InteractionInput { Name = "value", InputType = InputType.Text, Value = "blue" }]));
#pragma warning restore ASPIREINTERACTION001

        Assert.True(set.Success, set.Message);
        await RunningModel.UntilAsync(() => Task.FromResult(Stale() == "Out of date until it is restarted: COLOR, SHADE"), "it is shown as out of date");
        await _model.CommandAsync("user", "restart");
        Assert.Null(Stale());

        string? Stale() => _model.App.ResourceNotifications.TryGetCurrentState("user", out var current) ? current.Snapshot.StaleReason : "not there";
    }
}
