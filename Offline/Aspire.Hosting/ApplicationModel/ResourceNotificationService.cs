using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Publishes what is known of each resource, and waits for it to become true.</summary>
public class ResourceNotificationService : IDisposable
{
    private const int WatcherCapacity = 8192;
    private const string BecomeHealthy = "become healthy";

    private readonly ILogger<ResourceNotificationService> _logger;
    private readonly IServiceProvider? _services;
    private readonly ResourceLoggerService _resourceLoggers;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];
    private int _order;

    /// <summary>Creates the service.</summary>
    [Obsolete("Use the constructor that takes the services of the host.")]
    public ResourceNotificationService(ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime)
        : this(logger, hostApplicationLifetime, new ResourceLoggerService(), services: null)
    {
    }

    /// <summary>Creates the service.</summary>
    public ResourceNotificationService(ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime, IServiceProvider serviceProvider, ResourceLoggerService resourceLoggerService)
        : this(logger, hostApplicationLifetime, resourceLoggerService, serviceProvider)
    {
    }

    private ResourceNotificationService(ILogger<ResourceNotificationService> logger, IHostApplicationLifetime lifetime, ResourceLoggerService resourceLoggers, IServiceProvider? services)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(lifetime);
        ArgumentNullException.ThrowIfNull(resourceLoggers);
        _logger = logger;
        _services = services;
        _resourceLoggers = resourceLoggers;
    }

    /// <summary>What a wait does when it does not say.</summary>
    internal WaitBehavior DefaultWaitBehavior =>
        _services?.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior ?? WaitBehavior.StopOnResourceUnavailable;

    /// <summary>Ends all waiting and watching.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>Publishes a new snapshot of a resource, of each of its instances.</summary>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var name in resource.InstanceNames())
        {
            await PublishUpdateAsync(resource, name, stateFactory).ConfigureAwait(false);
        }
    }

    /// <summary>Publishes a new snapshot of a resource instance.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(resourceId);
        ArgumentNullException.ThrowIfNull(stateFactory);
        var entry = _entries.GetOrAdd(resourceId, static (_, self) => new Entry(Interlocked.Increment(ref self._order)), this);
        lock (entry)
        {
            var before = entry.Last?.Snapshot;
            var snapshot = SnapshotUpkeep.Complete(stateFactory(before ?? SnapshotUpkeep.Initial(resource)), resource, before, _services);
            var change = new ResourceEvent(resource, resourceId, snapshot);
            lock (_gate)
            {
                entry.Last = change;
                foreach (var watcher in _watchers)
                {
                    watcher.Writer.TryWrite(change);
                }
            }

            if (before?.State?.Text != snapshot.State?.Text)
            {
                NotificationLog.StateChanged(_logger, resource.Name, resourceId, before?.State?.Text, snapshot.State?.Text);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The last snapshot of a resource instance, by the instance's name, or by the resource's when it has only one.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        if (_entries.TryGetValue(resourceId, out var entry) && entry.Last is { } last)
        {
            resourceEvent = last;
            return true;
        }

        var byName = Current().Where(change => string.Equals(change.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        resourceEvent = byName.Count == 1 ? byName[0] : null;
        return resourceEvent is not null;
    }

    /// <summary>The last snapshot of every instance, then each new one.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var channel = Channel.CreateBounded<ResourceEvent>(new BoundedChannelOptions(WatcherCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
        List<ResourceEvent> current;
        lock (_gate)
        {
            current = Current();
            _watchers.Add(channel);
        }

        try
        {
            foreach (var change in current)
            {
                yield return change;
            }

            await foreach (var change in channel.Reader.ReadAllAsync(either.Token).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
            }
        }
    }

    /// <summary>Waits until a resource is in a state, by default <see cref="KnownResourceStates.Running"/>.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until a resource is in one of several states and returns it.</summary>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(targetStates);
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(
            resourceName,
            change => change.Snapshot.State?.Text is { } text && states.Contains(text),
            $"reach one of the target states: [{string.Join(", ", states)}]",
            cancellationToken).ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until a resource satisfies a condition.</summary>
    public Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, predicate, "meet the predicate condition", cancellationToken);

    /// <summary>Waits until a resource runs and is healthy.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource runs and is healthy; <paramref name="waitBehavior"/> says what happens when it ends instead.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        if (waitBehavior == WaitBehavior.StopOnResourceUnavailable && _services?.GetService<DistributedApplicationModel>() is { } model
            && !model.Resources.Any(resource => string.Equals(resource.Name, resourceName, StringComparison.OrdinalIgnoreCase)))
        {
            throw Stopped(resourceName, "it does not exist in the application model");
        }

        var reached = await WaitForResourceAsync(
            resourceName,
            change => change.Snapshot.HealthStatus == HealthStatus.Healthy || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(change.Snapshot)),
            BecomeHealthy,
            cancellationToken).ConfigureAwait(false);
        if (reached.Snapshot.HealthStatus != HealthStatus.Healthy)
        {
            throw Stopped(resourceName, "it failed to start");
        }

        reached = await WaitForResourceAsync(
            resourceName,
            change => change.ResourceId == reached.ResourceId && change.Snapshot.Ready is not null,
            BecomeHealthy,
            cancellationToken).ConfigureAwait(false);
        await reached.Snapshot.Ready!.WaitAsync(cancellationToken).ConfigureAwait(false);
        return reached;
    }

    /// <summary>Waits for everything a resource says it waits for.</summary>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DependencyWaiter(this, _resourceLoggers).WaitAsync(resource, resourceId: null, cancellationToken);
    }

    internal static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } text
        && (KnownResourceStates.TerminalStates.Contains(text, StringComparer.OrdinalIgnoreCase) || text == KnownResourceStates.RuntimeUnhealthy);

    /// <summary>The last snapshot of every instance, in the order they came to be.</summary>
    internal List<ResourceEvent> Current() =>
        [.. _entries.Values.Where(entry => entry.Last is not null).OrderBy(entry => entry.Order).Select(entry => entry.Last!)];

    private async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, string failure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        ArgumentNullException.ThrowIfNull(predicate);
        try
        {
            await foreach (var change in WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                if (string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
                {
                    return change;
                }
            }
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(WaitReport.Of(this, resourceName, failure), exception, cancellationToken);
        }

        throw new OperationCanceledException("The operation was cancelled before the resource reached the desired state.");
    }

    private DistributedApplicationException Stopped(string resourceName, string reason)
    {
        NotificationLog.StoppedWaiting(_logger, resourceName, reason);
        return new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because {reason}.");
    }

    private sealed class Entry(int order)
    {
        public int Order { get; } = order;

        public ResourceEvent? Last { get; set; }
    }
}

internal static partial class NotificationLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Resource {Resource}/{ResourceId} changed state: {PreviousState} -> {NewState}")]
    public static partial void StateChanged(ILogger logger, string resource, string resourceId, string? previousState, string? newState);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stopped waiting for resource '{ResourceName}' to become healthy because {Reason}.")]
    public static partial void StoppedWaiting(ILogger logger, string resourceName, string reason);
}
