using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AppHost.Links;

/// <summary>
/// Marks a running consumer whose environment no longer tells where the source of its link is. Docker never refreshed a link's
/// variables either, but said nothing. The mark is the property <c>link.stale</c>; a restart of the consumer takes it away.
/// </summary>
internal sealed partial class StaleLinkMonitor(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    ResourceNotificationService notifications,
    ILogger<StaleLinkMonitor> logger) : BackgroundService
{
    public const string Property = "link.stale";

    private readonly Dictionary<string, ResourceEvent> _consumers = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sources = model.Resources.OfType<IResourceWithConnectionString>().ToHashSet<IResource>(ReferenceEqualityComparer.Instance);
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (IsLinked(change.Resource, sources))
                {
                    _consumers[change.ResourceId] = change;
                    await CheckAsync(change, sources, stoppingToken);
                }
                else if (sources.Contains(change.Resource) || change.Resource is ParameterResource)
                {
                    foreach (var consumer in _consumers.Values.ToList())
                    {
                        await CheckAsync(consumer, sources, stoppingToken);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static bool IsLinked(IResource resource, HashSet<IResource> sources) =>
        resource is IResourceWithEnvironment
        && resource.Annotations.OfType<ResourceRelationshipAnnotation>().Any(relationship => relationship.Type == "Reference" && sources.Contains(relationship.Resource));

    private async Task CheckAsync(ResourceEvent consumer, HashSet<IResource> sources, CancellationToken cancellationToken)
    {
        if (consumer.Snapshot.State?.Text != KnownResourceStates.Running)
        {
            return;
        }

        try
        {
            var changed = await ChangedVariablesAsync(consumer, sources, cancellationToken);
            var mark = changed.Count == 0 ? null : $"{string.Join(", ", changed)} changed since this started: restart it.";
            var shown = consumer.Snapshot.Properties.FirstOrDefault(property => property.Name == Property)?.Value as string;
            if (mark != shown)
            {
                await notifications.PublishUpdateAsync(consumer.Resource, consumer.ResourceId, snapshot => snapshot with
                {
                    Properties = [.. snapshot.Properties.Where(property => property.Name != Property), .. mark is null ? Array.Empty<ResourcePropertySnapshot>() : [new ResourcePropertySnapshot(Property, mark)]],
                });
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A source that is between two values has none to compare.
            Log.NotCompared(logger, consumer.ResourceId, exception.Message);
        }
    }

    /// <summary>The names of the variables that come from a source and would now have another value than the process got.</summary>
    private async Task<IReadOnlyList<string>> ChangedVariablesAsync(ResourceEvent consumer, HashSet<IResource> sources, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(executionContext, consumer.Resource, variables, cancellationToken);
        foreach (var annotation in consumer.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context);
        }

        var given = new Dictionary<string, string?>();
        foreach (var variable in consumer.Snapshot.EnvironmentVariables)
        {
            given[variable.Name] = variable.Value;
        }

        var changed = new List<string>();
        foreach (var (name, value) in variables.Where(variable => LinkValue.IsFrom(variable.Value, sources)))
        {
            if (given.TryGetValue(name, out var before) && await LinkValue.GetAsync(value, consumer.Resource, cancellationToken) is { } now && now != before)
            {
                changed.Add(name);
            }
        }

        return changed;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "The environment of {ResourceId} could not be compared: {Reason}")]
        public static partial void NotCompared(ILogger logger, string resourceId, string reason);
    }
}
