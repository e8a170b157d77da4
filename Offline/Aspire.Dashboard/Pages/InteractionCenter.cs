using System.Collections.Concurrent;
using Aspire.Dashboard.Resources;
using Microsoft.Extensions.Hosting;

namespace Aspire.Dashboard.Pages;

/// <summary>The questions and messages of the host that are open now.</summary>
internal sealed class InteractionCenter(IResourceService resources, DashboardHost dashboard) : BackgroundService
{
    private readonly ConcurrentDictionary<int, Interaction> _open = new();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Interaction> Open => [.. _open.Values.OrderBy(i => i.Id)];

    public Interaction? Find(int id) => _open.GetValueOrDefault(id);

    /// <summary>Answers a question. Returns what is wrong with the values, by input name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RespondAsync(int id, InteractionResponse response, CancellationToken cancellationToken)
    {
        var errors = await resources.RespondToInteractionAsync(id, response, cancellationToken).ConfigureAwait(false);
        if (errors.Count == 0)
        {
            _open.TryRemove(id, out _);
        }

        return errors;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, dashboard.Stopping);
        try
        {
            await foreach (var interaction in resources.WatchInteractionsAsync(ends.Token).ConfigureAwait(false))
            {
                if (interaction.IsComplete)
                {
                    _open.TryRemove(interaction.Id, out _);
                }
                else
                {
                    _open[interaction.Id] = interaction;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard stops.
        }
    }
}
