using System.Collections.Immutable;
using Aspire.Hosting.Execution;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the commands of resources.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
    {
        _notifications = notifications;
        _loggers = loggers;
        _services = services;
    }

    /// <summary>Runs a command of a resource instance, found by its name or, when it is the only one, by the resource's.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resourceId, commandName, new InteractionInputCollection([]), cancellationToken);

    /// <summary>Runs a command of a resource instance with arguments.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        return _notifications.TryGetCurrentState(resourceId, out var current)
            ? await ExecuteAsync(current.Resource, current.ResourceId, commandName, arguments, cancellationToken).ConfigureAwait(false)
            : CommandResults.Failure($"Resource '{resourceId}' not found.");
    }

    /// <summary>Runs a command on every instance of a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource, commandName, new InteractionInputCollection([]), cancellationToken);

    /// <summary>Runs a command on every instance of a resource with arguments.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var names = resource.InstanceNames();
        if (names.Length == 1)
        {
            return await ExecuteAsync(resource, names[0], commandName, arguments, cancellationToken).ConfigureAwait(false);
        }

        var results = await Task.WhenAll(names.Select(name => ExecuteAsync(resource, name, commandName, arguments, cancellationToken))).ConfigureAwait(false);
        return Aggregate(results, names);
    }

    private static ExecuteCommandResult Aggregate(ExecuteCommandResult[] results, ImmutableArray<string> names)
    {
        if (results.All(result => result.Success))
        {
            return results.FirstOrDefault(result => result.Data is not null) ?? CommandResults.Success();
        }

        var failures = results.Zip(names).Where(pair => !pair.First.Success && !pair.First.Canceled).ToList();
        return failures.Count == 0
            ? CommandResults.Canceled()
            : CommandResults.Failure(string.Join(Environment.NewLine, [
                $"{failures.Count} command executions failed.",
                .. failures.Select(pair => $"Resource '{pair.Second}' failed with error message: {pair.First.Message}"),
            ]));
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commandName);
        ArgumentNullException.ThrowIfNull(arguments);
        var logger = _loggers.GetLogger(resourceId);
        var name = CommandNames.Current(commandName);
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(command => command.Name == name) is not { } annotation)
        {
            CommandLog.NotAvailable(logger, commandName, resourceId);
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{InstanceNames.Shown(resource, resourceId)}'.");
        }

        try
        {
            CommandLog.Executing(logger, name);
            var (inputs, error) = await CommandArguments.BindAsync(annotation, arguments, _services, cancellationToken).ConfigureAwait(false);
            if (error is not null)
            {
                CommandLog.Failed(logger, name, error);
                return CommandResults.Failure("Command argument validation failed.");
            }

            var result = await annotation.ExecuteCommand(new ExecuteCommandContext
            {
                ResourceName = resourceId,
                Services = _services,
                CancellationToken = cancellationToken,
                Logger = logger,
                Arguments = inputs,
            }).ConfigureAwait(false);
            if (result.Success)
            {
                CommandLog.Executed(logger, name);
            }
            else if (result.Canceled)
            {
                CommandLog.Canceled(logger, name);
            }
            else
            {
                CommandLog.Failed(logger, name, result.Message ?? "(no error message)");
            }

            return result;
        }
        catch (OperationCanceledException)
        {
            CommandLog.Canceled(logger, name);
            return CommandResults.Canceled();
        }
        catch (Exception exception)
        {
            CommandLog.Error(logger, exception, name);
            return CommandResults.Failure(exception);
        }
    }
}
