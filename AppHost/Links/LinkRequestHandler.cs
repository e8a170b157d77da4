using System.Text.RegularExpressions;
using Link.Protocol;

namespace AppHost.Links;

/// <summary>Answers the requests of the link protocol from the model and from what runs.</summary>
internal sealed partial class LinkRequestHandler(DistributedApplicationModel model, ResourceNotificationService notifications, LinkDescriber describer)
{
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_describeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The answer; <paramref name="progress"/> is told each time the wait for the source changes, and every few seconds.</summary>
    public async Task<LinkResponse> AnswerAsync(LinkRequest request, Func<string, Task> progress, CancellationToken cancellationToken)
    {
        if (request.Version != LinkProtocol.Version)
        {
            return Error("unsupported-version", $"this AppHost speaks version {LinkProtocol.Version} of the link protocol, not {request.Version}.");
        }

        return request.Operation switch
        {
            "list" => await ListAsync(cancellationToken),
            "link" => await LinkAsync(request, progress, cancellationToken),
            _ => Error("bad-request", "there is no such operation."),
        };
    }

    public static LinkResponse Error(string code, string message) => new() { Type = "error", Code = code, Message = message };

    private async Task<LinkResponse> ListAsync(CancellationToken cancellationToken)
    {
        var resources = new List<LinkableResource>();
        foreach (var resource in Linkable())
        {
            var state = await CurrentAsync(resource, cancellationToken);
            resources.Add(new LinkableResource(resource.Name, state?.ResourceType ?? resource.GetType().Name, state?.State?.Text, state?.HealthStatus?.ToString()));
        }

        return new LinkResponse { Type = "list", Resources = resources };
    }

    private async Task<LinkResponse> LinkAsync(LinkRequest request, Func<string, Task> progress, CancellationToken cancellationToken)
    {
        if (request.Source is null || request.Alias is null || !Name().IsMatch(request.Source) || !Name().IsMatch(request.Alias))
        {
            return Error("bad-request", "source and alias must be names.");
        }

        var resource = model.Resources.FirstOrDefault(candidate => string.Equals(candidate.Name, request.Source, StringComparison.OrdinalIgnoreCase));
        if (resource is null or ParameterResource)
        {
            return Error("unknown-resource", $"there is no resource '{request.Source}' to link to; there {Enumerate()}.");
        }

        if (resource is not IResourceWithConnectionString source)
        {
            return Error("no-connection-string", $"'{resource.Name}' has no connection string and can't be linked to; there {Enumerate()}.");
        }

        var wait = TimeSpan.FromSeconds(Math.Clamp(double.IsFinite(request.Timeout) ? request.Timeout : 0, 0, LinkProtocol.LongestWait.TotalSeconds));
        var (running, lastState) = await WaitUntilRunningAsync(resource, wait, progress, cancellationToken);
        if (running is null)
        {
            return Error("not-running", $"'{resource.Name}' is not running (state: {lastState ?? "none yet"}) after {wait.TotalSeconds:0.#} s.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_describeTimeout);
        try
        {
            return new LinkResponse { Type = "link", Link = await describer.DescribeAsync(source, running.ResourceId, request.Alias, limit.Token) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Error("unavailable", $"the link to '{resource.Name}' can't be had: its values did not come within {s_describeTimeout.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (exception is DistributedApplicationException or InvalidOperationException)
        {
            return Error("unavailable", $"the link to '{resource.Name}' can't be had: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>The event that says it runs, or null and the last state when it did not within the time.</summary>
    private async Task<(ResourceEvent? Running, string? LastState)> WaitUntilRunningAsync(
        IResource resource, TimeSpan wait, Func<string, Task> progress, CancellationToken cancellationToken)
    {
        // In turns, each of which tells the progress anew: that is how a client that left is noticed.
        for (var left = wait; ; left -= s_turn)
        {
            var turn = await WaitOneTurnAsync(resource, left < s_turn ? left : s_turn, progress, cancellationToken);
            if (turn.Running is not null || left <= s_turn)
            {
                return turn;
            }
        }
    }

    private async Task<(ResourceEvent? Running, string? LastState)> WaitOneTurnAsync(
        IResource resource, TimeSpan wait, Func<string, Task> progress, CancellationToken cancellationToken)
    {
        string? told = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Even without waiting the state known now has to be read.
        limit.CancelAfter(wait < TimeSpan.FromMilliseconds(250) ? TimeSpan.FromMilliseconds(250) : wait);
        try
        {
            await foreach (var change in notifications.WatchAsync(limit.Token))
            {
                if (change.Resource != resource)
                {
                    continue;
                }

                // A connection string that names an outside service is Running or Active without a process.
                var state = change.Snapshot.State?.Text;
                if (state == KnownResourceStates.Running || state == KnownResourceStates.Active)
                {
                    return (change, state);
                }

                if (state != told)
                {
                    told = state;
                    await progress($"waiting for '{resource.Name}' to run (state: {state ?? "none yet"})");
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        return (null, told);
    }

    private async Task<CustomResourceSnapshot?> CurrentAsync(IResource resource, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            return (await notifications.WaitForResourceAsync(resource.Name, _ => true, limit.Token)).Snapshot;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private IEnumerable<IResource> Linkable() => model.Resources.Where(resource => resource is IResourceWithConnectionString and not ParameterResource);

    private string Enumerate() => Linkable().Select(resource => $"'{resource.Name}'").ToList() switch
    {
        [] => "is none",
        [var only] => $"is {only}",
        var names => $"are {string.Join(", ", names)}",
    };

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex Name();
}
