using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Aspire.Dashboard.Resources;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>Shows the dashboard the resources of this host, and lets it run their commands.</summary>
internal sealed class HostResourceService(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    InteractionService interactions,
    IServiceProvider services,
    IConfiguration configuration,
    IHostEnvironment environment) : IResourceService
{
    public string ApplicationName => configuration["AppHost:DashboardApplicationName"] ?? environment.ApplicationName;

    public IReadOnlyList<ResourceViewModel> GetResources()
    {
        var order = model.Resources.Select((resource, index) => (resource, index)).ToDictionary(pair => pair.resource, pair => pair.index);
        return
        [
            .. notifications.Current()
                .OrderBy(change => order.GetValueOrDefault(change.Resource, int.MaxValue))
                .Select(ResourceView.Of),
        ];
    }

    public async IAsyncEnumerable<IReadOnlyList<ResourceChange>> WatchResourcesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return [.. GetResources().Select(resource => new ResourceChange(resource, IsDeleted: false))];
        await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return [new ResourceChange(ResourceView.Of(change), IsDeleted: false)];
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ConsoleLogLine>> WatchConsoleLogsAsync(string resourceName, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only what is there has a log: asking for any other name must not make one.
        if (!notifications.TryGetCurrentState(resourceName, out var current))
        {
            yield break;
        }

        var lines = follow ? loggers.WatchAsync(current.ResourceId) : loggers.GetAllAsync(current.ResourceId);
        await foreach (var batch in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return [.. batch.Select(line => new ConsoleLogLine(line.LineNumber, line.Content, line.IsErrorMessage))];
        }
    }

    public async Task<CommandOutcome> ExecuteCommandAsync(string resourceName, string commandName, IReadOnlyDictionary<string, string?> arguments, CancellationToken cancellationToken)
    {
        var name = CommandNames.Current(commandName);
        if (!notifications.TryGetCurrentState(resourceName, out var current))
        {
            return Failed($"Resource '{resourceName}' not found.");
        }

        if (current.Snapshot.Commands.FirstOrDefault(command => command.Name == name) is not { State: ResourceCommandState.Enabled } shown
            || !shown.Visibility.HasFlag(ResourceCommandVisibility.UI)
            || current.Resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(command => command.Name == name) is not { } annotation)
        {
            return Failed($"Command '{commandName}' not available for resource '{resourceName}'.");
        }

        try
        {
            var given = new InteractionInputCollection([.. arguments.Select(argument => new Hosting.InteractionInput { Name = argument.Key, Value = argument.Value, InputType = InputType.Text })]);
            var (inputs, error) = await CommandArguments.BindAsync(annotation, given, services, cancellationToken).ConfigureAwait(false);
            if (error is not null)
            {
                return Failed(error) with
                {
                    ValidationErrors = inputs.Where(input => input.ValidationErrors.Count > 0).ToImmutableDictionary(input => input.Name, input => string.Join(" ", input.ValidationErrors)),
                };
            }

            return Outcome(await commands.ExecuteCommandAsync(current.ResourceId, name, given, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            return new CommandOutcome { Success = false, Canceled = true };
        }
        catch (Exception exception)
        {
            return Failed(exception.Message);
        }
    }

    public IAsyncEnumerable<Interaction> WatchInteractionsAsync(CancellationToken cancellationToken) => interactions.WatchAsync(cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> RespondToInteractionAsync(int interactionId, InteractionResponse response, CancellationToken cancellationToken) =>
        interactions.RespondAsync(interactionId, response);

    private static CommandOutcome Failed(string message) => new() { Success = false, Message = message };

#pragma warning disable CA1308 // The contract spells formats in lower case.
    private static CommandOutcome Outcome(ExecuteCommandResult result) => new()
    {
        Success = result.Success,
        Canceled = result.Canceled,
        Message = result.Message,
        Result = result.Data?.Value,
        ResultFormat = result.Data?.Format.ToString().ToLowerInvariant() ?? "text",
        DisplayImmediately = result.Data?.DisplayImmediately ?? false,
    };
#pragma warning restore CA1308
}
