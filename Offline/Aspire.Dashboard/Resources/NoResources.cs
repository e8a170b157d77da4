using System.Runtime.CompilerServices;

namespace Aspire.Dashboard.Resources;

/// <summary>The host of a dashboard that runs alone: it has nothing to show and asks nothing.</summary>
internal sealed class NoResources : IResourceService
{
    public string ApplicationName => "Aspire";

    public IReadOnlyList<ResourceViewModel> GetResources() => [];

    public IAsyncEnumerable<IReadOnlyList<ResourceChange>> WatchResourcesAsync(CancellationToken cancellationToken) => NeverAsync<IReadOnlyList<ResourceChange>>(cancellationToken);

    public async IAsyncEnumerable<IReadOnlyList<ConsoleLogLine>> WatchConsoleLogsAsync(string resourceName, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }

    public Task<CommandOutcome> ExecuteCommandAsync(string resourceName, string commandName, IReadOnlyDictionary<string, string?> arguments, CancellationToken cancellationToken) =>
        Task.FromResult(new CommandOutcome { Success = false, Message = $"Resource '{resourceName}' not found." });

    public IAsyncEnumerable<Interaction> WatchInteractionsAsync(CancellationToken cancellationToken) => NeverAsync<Interaction>(cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> RespondToInteractionAsync(int interactionId, InteractionResponse response, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    private static async IAsyncEnumerable<T> NeverAsync<T>([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        yield break;
    }
}
