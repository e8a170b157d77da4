using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Waits for what a resource waits for, and says so in the resource's own log.</summary>
internal sealed class DependencyWaiter(ResourceNotificationService notifications, ResourceLoggerService loggers)
{
    /// <param name="resource">The resource that waits.</param>
    /// <param name="resourceId">The instance that is shown as waiting; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(IResource resource, string? resourceId, CancellationToken cancellationToken)
    {
        var waits = Waits(resource);
        if (waits.Count == 0)
        {
            return;
        }

        await ShowAsync(KnownResourceStates.Waiting, waits).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var logger = resourceId is null ? loggers.GetLogger(resource) : loggers.GetLogger(resourceId);
        var open = waits.Select(wait => (Wait: wait, Task: WaitOneAsync(resource, wait, logger, stop.Token))).ToList();
        try
        {
            while (open.Count > 0)
            {
                var done = await Task.WhenAny(open.Select(wait => wait.Task)).ConfigureAwait(false);
                await done.ConfigureAwait(false);
                open.RemoveAll(wait => wait.Task == done);
                await ShowAsync(state: null, open.Select(wait => wait.Wait)).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(open.Select(wait => wait.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task ShowAsync(string? state, IEnumerable<WaitAnnotation> pending)
        {
            var waitingFor = pending.SelectMany(wait => wait.Resource.InstanceNames()).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
            CustomResourceSnapshot Change(CustomResourceSnapshot snapshot) => snapshot with
            {
                State = state ?? snapshot.State,
                Properties = snapshot.Properties.With(KnownProperties.WaitingFor, waitingFor.Length == 0 ? null : waitingFor),
            };
            return resourceId is null
                ? notifications.PublishUpdateAsync(resource, Change)
                : notifications.PublishUpdateAsync(resource, resourceId, Change);
        }
    }

    private static List<WaitAnnotation> Waits(IResource resource)
    {
        List<WaitAnnotation> waits = [];
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            if (ReferenceEquals(wait.Resource, resource))
            {
                throw new DistributedApplicationException($"The '{resource.Name}' resource cannot wait for itself.");
            }

            waits.Add(wait);
        }

        return waits;
    }

    private Task WaitOneAsync(IResource resource, WaitAnnotation wait, ILogger logger, CancellationToken cancellationToken)
    {
        if (wait.Resource is IResourceWithoutLifetime)
        {
            return Task.CompletedTask;
        }

        var behavior = wait.WaitBehavior ?? notifications.DefaultWaitBehavior;
        return Task.WhenAll(wait.Resource.InstanceNames().Select(instance =>
            new InstanceWait(notifications, resource.Name, wait, instance, behavior, logger).RunAsync(cancellationToken)));
    }

    private sealed class InstanceWait(
        ResourceNotificationService notifications,
        string waiter,
        WaitAnnotation wait,
        string instance,
        WaitBehavior behavior,
        ILogger logger)
    {
        private string Name => wait.Resource.InstanceNames().Length > 1 ? instance : wait.Resource.Name;

        public Task RunAsync(CancellationToken cancellationToken) => wait.WaitType switch
        {
            WaitType.WaitForCompletion => UntilCompletedAsync(cancellationToken),
            WaitType.WaitUntilStarted => UntilStartedAsync(cancellationToken),
            _ => UntilHealthyAsync(cancellationToken),
        };

        private async Task UntilStartedAsync(CancellationToken cancellationToken)
        {
            await UntilRunningAsync(cancellationToken).ConfigureAwait(false);
            WaitLog.FinishedStart(logger, Name);
        }

        private async Task UntilHealthyAsync(CancellationToken cancellationToken)
        {
            var running = await UntilRunningAsync(cancellationToken).ConfigureAwait(false);
            if (wait.Resource.Annotations.OfType<HealthCheckAnnotation>().Any() && running.Snapshot.HealthStatus != HealthStatus.Healthy)
            {
                WaitLog.Healthy(logger, Name);
                await NextAsync(snapshot => snapshot.HealthStatus == HealthStatus.Healthy || FailsWait(snapshot), cancellationToken).ConfigureAwait(false);
            }

            WaitLog.Ready(logger, Name);
            var ready = await NextAsync(snapshot => snapshot.Ready is not null || FailsWait(snapshot), cancellationToken).ConfigureAwait(false);
            await ready.Snapshot.Ready!.WaitAsync(cancellationToken).ConfigureAwait(false);
            WaitLog.Finished(logger, Name);
        }

        private async Task<ResourceEvent> UntilRunningAsync(CancellationToken cancellationToken)
        {
            WaitLog.State(logger, Name, KnownResourceStates.Running);
            return await NextAsync(
                snapshot => snapshot.State?.Text == KnownResourceStates.Running || FailsWait(snapshot),
                cancellationToken).ConfigureAwait(false);
        }

        private async Task UntilCompletedAsync(CancellationToken cancellationToken)
        {
            WaitLog.Completion(logger, Name);
            var ended = await notifications.WaitForResourceAsync(
                wait.Resource.Name,
                change => change.ResourceId == instance && IsTerminal(change.Snapshot) && (Completed(change.Snapshot) || Stops),
                cancellationToken).ConfigureAwait(false);
            var state = ended.Snapshot.State!.Text;
            if (state == KnownResourceStates.FailedToStart)
            {
                throw FailedToStart();
            }

            if (ended.Snapshot.ExitCode is { } code && code != wait.ExitCode)
            {
                WaitLog.WrongExitCode(logger, Name, state, code, wait.ExitCode);
                throw new DistributedApplicationException(
                    $"Resource '{waiter}' stopped waiting for dependency resource '{Name}' because it entered the '{state}' state with exit code '{code}', expected '{wait.ExitCode}'.");
            }

            WaitLog.Finished(logger, Name);
        }

        private bool Stops => behavior == WaitBehavior.StopOnResourceUnavailable;

        private static bool IsTerminal(CustomResourceSnapshot snapshot) =>
            snapshot.State?.Text is { } text && KnownResourceStates.TerminalStates.Contains(text);

        private bool Completed(CustomResourceSnapshot snapshot) =>
            snapshot.State!.Text != KnownResourceStates.FailedToStart && (snapshot.ExitCode is null || snapshot.ExitCode == wait.ExitCode);

        private bool FailsWait(CustomResourceSnapshot snapshot) => Stops && ResourceNotificationService.IsUnavailable(snapshot);

        private async Task<ResourceEvent> NextAsync(Func<CustomResourceSnapshot, bool> condition, CancellationToken cancellationToken)
        {
            var change = await notifications.WaitForResourceAsync(
                wait.Resource.Name,
                change => change.ResourceId == instance && condition(change.Snapshot),
                cancellationToken).ConfigureAwait(false);
            if (!FailsWait(change.Snapshot))
            {
                return change;
            }

            var state = change.Snapshot.State!.Text;
            if (state == KnownResourceStates.FailedToStart)
            {
                throw FailedToStart();
            }

            WaitLog.Premature(logger, Name, state);
            throw new DistributedApplicationException(
                $"Resource '{waiter}' stopped waiting for dependency resource '{Name}' because it entered the '{state}' state prematurely.");
        }

        private DistributedApplicationException FailedToStart()
        {
            WaitLog.DependencyFailed(logger, Name);
            return new DistributedApplicationException($"Resource '{waiter}' stopped waiting for dependency resource '{Name}' because it failed to start.");
        }
    }
}

internal static partial class WaitLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for resource '{ResourceName}' to enter the '{State}' state.")]
    public static partial void State(ILogger logger, string resourceName, string state);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for resource '{ResourceName}' to become healthy.")]
    public static partial void Healthy(ILogger logger, string resourceName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for resource ready to execute for '{ResourceName}'.")]
    public static partial void Ready(ILogger logger, string resourceName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Finished waiting for resource '{ResourceName}'.")]
    public static partial void Finished(ILogger logger, string resourceName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Finished waiting for resource '{ResourceName}' to start.")]
    public static partial void FinishedStart(ILogger logger, string resourceName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for resource '{ResourceName}' to complete.")]
    public static partial void Completion(ILogger logger, string resourceName);

    [LoggerMessage(Level = LogLevel.Error, Message = "Dependency resource '{ResourceName}' failed to start.")]
    public static partial void DependencyFailed(ILogger logger, string resourceName);

    [LoggerMessage(Level = LogLevel.Error, Message = "Resource '{ResourceName}' has entered the '{State}' state prematurely.")]
    public static partial void Premature(ILogger logger, string resourceName, string state);

    [LoggerMessage(Level = LogLevel.Error, Message = "Resource '{ResourceName}' has entered the '{State}' state with exit code '{ExitCode}' expected '{ExpectedExitCode}'.")]
    public static partial void WrongExitCode(ILogger logger, string resourceName, string state, int exitCode, int expectedExitCode);
}
