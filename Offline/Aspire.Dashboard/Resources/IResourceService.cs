namespace Aspire.Dashboard.Resources;

/// <summary>
/// What the dashboard needs of a host that runs resources: their snapshots, their console output, their commands and
/// the questions it asks. The dashboard knows no more of a host than this; alone, as a receiver of telemetry, it has none.
/// </summary>
public interface IResourceService
{
    /// <summary>The name shown in the header, such as <c>AppHost</c>.</summary>
    string ApplicationName { get; }

    /// <summary>The resources as they are now, in the order of the model; replicas are separate entries.</summary>
    IReadOnlyList<ResourceViewModel> GetResources();

    /// <summary>First all current resources, then each change as it happens, until <paramref name="cancellationToken"/> ends it.</summary>
    IAsyncEnumerable<IReadOnlyList<ResourceChange>> WatchResourcesAsync(CancellationToken cancellationToken);

    /// <summary>The console lines of a resource instance: first the backlog, then, unless <paramref name="follow"/> is false, each new one.</summary>
    IAsyncEnumerable<IReadOnlyList<ConsoleLogLine>> WatchConsoleLogsAsync(string resourceName, bool follow, CancellationToken cancellationToken);

    /// <summary>Runs a command of a resource instance. Never throws for a failing command: the outcome says what happened.</summary>
    Task<CommandOutcome> ExecuteCommandAsync(string resourceName, string commandName, IReadOnlyDictionary<string, string?> arguments, CancellationToken cancellationToken);

    /// <summary>First the open questions and messages of the host, then each change to them.</summary>
    IAsyncEnumerable<Interaction> WatchInteractionsAsync(CancellationToken cancellationToken);

    /// <summary>Answers a question of the host. Returns the validation errors by input name; empty when it was accepted.</summary>
    Task<IReadOnlyDictionary<string, string>> RespondToInteractionAsync(int interactionId, InteractionResponse response, CancellationToken cancellationToken);
}
