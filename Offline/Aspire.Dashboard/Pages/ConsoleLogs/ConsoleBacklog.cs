using Aspire.Dashboard.Resources;

namespace Aspire.Dashboard.Pages.ConsoleLogs;

/// <summary>The console lines there are, without waiting for more.</summary>
internal static class ConsoleBacklog
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<ConsoleText>> ReadAsync(IResourceService host, IReadOnlyList<ResourceViewModel> resources, int most, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(s_longest);
        List<ConsoleText> lines = [];
        try
        {
            foreach (var resource in resources)
            {
                Queue<ConsoleText> newest = new();
                await foreach (var batch in host.WatchConsoleLogsAsync(resource.Name, follow: false, bounded.Token).ConfigureAwait(false))
                {
                    foreach (var line in batch)
                    {
                        newest.Enqueue(ConsoleText.From(resource.Name, line));
                        if (newest.Count > most)
                        {
                            newest.Dequeue();
                        }
                    }
                }

                lines.AddRange(newest);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What came in time is shown.
        }

        // Stable: lines without a time stay in the order of their resource.
        IEnumerable<ConsoleText> ordered = lines.TrueForAll(l => l.Time is not null) ? lines.OrderBy(l => l.Time) : lines;
        return [.. ordered.TakeLast(most)];
    }
}
