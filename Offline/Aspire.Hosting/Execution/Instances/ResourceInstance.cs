using System.Collections.Immutable;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>What instances need of the host.</summary>
internal sealed record InstanceServices(
    ResourceNotificationService Notifications,
    ResourceLoggerService Loggers,
    IDistributedApplicationEventing Eventing,
    ResourceEnvironmentEvaluator Environments,
    EndpointAllocator Endpoints,
    HealthMonitor Health,
    ResourceUrls Urls,
    IServiceProvider Provider,
    ILogger Logger,
    CancellationToken Stopping);

/// <summary>The life of one instance: it waits, starts, runs, ends, and starts again when it is told to.</summary>
internal sealed partial class ResourceInstance(IResource resource, string name, IInstanceRunner runner, InstanceServices services) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ResourceLog _log = services.Loggers.Log(name);
    private readonly ILogger _logger = services.Loggers.GetLogger(name);
    private readonly Dictionary<EndpointAnnotation, int> _targetPorts = [];
    private CancellationTokenSource? _waiting;
    private CancellationTokenSource? _starting;
    private RunningInstance? _running;
    private Task _ended = Task.CompletedTask;
    private volatile bool _skipWait;

    public string Name => name;

    public IResource Resource => resource;

    /// <summary>
    /// Starts it, after <paramref name="before"/>, and after <paramref name="wait"/> for what it depends on; <paramref name="prepared"/> is called once it is known what it runs with.
    /// Called while it waits, it stops waiting.
    /// </summary>
    public async Task StartAsync(Func<CancellationToken, Task> before, Func<CancellationToken, Task> wait, Action? prepared = null)
    {
        _skipWait = true;
        if (Volatile.Read(ref _waiting) is { } waiting)
        {
            await CancelAsync(waiting).ConfigureAwait(false);
        }

        await _gate.WaitAsync(services.Stopping).ConfigureAwait(false);
        try
        {
            if (_running is null)
            {
                _skipWait = false;
                await StartLockedAsync(before, wait, prepared).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops it, also while it waits or starts.</summary>
    public async Task StopAsync()
    {
        _skipWait = false;
        foreach (var source in new[] { Volatile.Read(ref _waiting), Volatile.Read(ref _starting) })
        {
            if (source is not null)
            {
                await CancelAsync(source).ConfigureAwait(false);
            }
        }

        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_running is { } running)
            {
                await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Stopping }).ConfigureAwait(false);
                await running.StopAsync().ConfigureAwait(false);
                await _ended.ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Shows whether a start now would give it another environment than the one it runs with.</summary>
    public async Task CheckEnvironmentAsync()
    {
        if (_running is null)
        {
            return;
        }

        var now = await services.Environments.VariablesNowAsync(resource, name, PortOf, _logger, services.Stopping).ConfigureAwait(false);

        // It may have ended meanwhile, or run with others again.
        if (_running is null || !services.Notifications.TryGetCurrentState(name, out var current))
        {
            return;
        }

        var had = current.Snapshot.EnvironmentVariables.Where(variable => variable.IsFromSpec).ToDictionary(variable => variable.Name, variable => variable.Value);
        var changed = now.Where(variable => had.GetValueOrDefault(variable.Name) != variable.Value).Select(variable => variable.Name)
            .Concat(had.Keys.Except(now.Select(variable => variable.Name)))
            .ToList();
        await PublishAsync(snapshot => snapshot with
        {
            StaleReason = changed.Count == 0 ? null : $"Out of date until it is restarted: {string.Join(", ", changed)}",
        }).ConfigureAwait(false);
    }

    /// <summary>Ends what has to end with the host.</summary>
    public Task StopWithHostAsync() => _running is { EndsWithHost: false } ? Task.CompletedTask : StopAsync();

    public Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        services.Notifications.PublishUpdateAsync(resource, name, change);

    /// <summary>Shows that it could not be started, and why.</summary>
    public async Task FailAsync(string reason)
    {
        Log.Failed(_logger, reason);
        Log.FailedToStart(services.Logger, name, reason);
        await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.FailedToStart, StopTimeStamp = DateTime.UtcNow }).ConfigureAwait(false);
        await PublishStoppedAsync().ConfigureAwait(false);
    }

    private static async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It just ended by itself.
        }
    }

    private async Task StartLockedAsync(Func<CancellationToken, Task> before, Func<CancellationToken, Task> wait, Action? prepared)
    {
        using var starting = _starting = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping);
        try
        {
            _log.Reopen();
            await PublishStartingAsync().ConfigureAwait(false);
            await before(starting.Token).ConfigureAwait(false);
            if (!await WaitedAsync(wait, starting.Token).ConfigureAwait(false))
            {
                await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.NotStarted }).ConfigureAwait(false);
                return;
            }

            await PublishStartingAsync().ConfigureAwait(false);
            await RunAsync(prepared, starting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (starting.IsCancellationRequested || services.Stopping.IsCancellationRequested)
        {
            await PublishAsync(snapshot => snapshot with { State = KnownResourceStates.Exited, StopTimeStamp = DateTime.UtcNow }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await FailAsync(exception.Message).ConfigureAwait(false);
        }
        finally
        {
            _starting = null;
        }
    }

    private Task PublishStartingAsync() => PublishAsync(snapshot => snapshot with
    {
        State = KnownResourceStates.Starting,
        CreationTimeStamp = snapshot.CreationTimeStamp ?? DateTime.UtcNow,
        ExitCode = null,
        StopTimeStamp = null,
        Properties = snapshot.Properties.With(KnownProperties.WaitingFor, null),
    });

    // False when it was stopped while it waited. A start while it waits is true at once.
    private async Task<bool> WaitedAsync(Func<CancellationToken, Task> wait, CancellationToken cancellationToken)
    {
        using var waiting = _waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await wait(waiting.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested || services.Stopping.IsCancellationRequested)
        {
            return _skipWait && !services.Stopping.IsCancellationRequested;
        }
        finally
        {
            _waiting = null;
        }
    }

    private async Task RunAsync(Action? prepared, CancellationToken cancellationToken)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            // The same port at every start: whoever knows it, such as a debugger, keeps it.
            _targetPorts.TryAdd(endpoint, services.Endpoints.TargetPort(resource, endpoint));
        }

        // For all replicas: when one is stopped, only that one does not wait for it any more.
        var environment = await services.Environments.EvaluateAsync(resource, name, PortOf, _logger, services.Stopping).WaitAsync(cancellationToken).ConfigureAwait(false);
        await PublishAsync(snapshot => snapshot with
        {
            StaleReason = null,
            EnvironmentVariables = [.. environment.Variables.Select(variable => new EnvironmentVariableSnapshot(variable.Name, variable.Value, IsFromSpec: true) { IsSecret = variable.IsSecret })],
        }).ConfigureAwait(false);

        prepared?.Invoke();
        var running = await runner.StartAsync(
            new InstanceStart
            {
                Resource = resource,
                Name = name,
                Environment = environment,
                TargetPorts = _targetPorts,
                Logger = _logger,
                OnLine = (line, isError) => _log.Add(DateTimeOffset.UtcNow, line, isError),
                PublishAsync = PublishAsync,
            },
            cancellationToken).ConfigureAwait(false);
        _running = running;
        SetTargets(present: true);
        await PublishAsync(snapshot => snapshot with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = running.StartedAt,
            Properties = running.Properties.Aggregate(snapshot.Properties, (properties, property) => properties.With(property.Name, property.Value, property.IsSensitive)),
        }).ConfigureAwait(false);
        await services.Urls.ActivateAsync(resource, name, active: true).ConfigureAwait(false);
        _ended = FollowAsync(running);
    }

    private int? PortOf(string endpointName)
    {
        foreach (var (endpoint, port) in _targetPorts)
        {
            if (string.Equals(endpoint.Name, endpointName, StringComparison.OrdinalIgnoreCase))
            {
                return port;
            }
        }

        return null;
    }

    private async Task FollowAsync(RunningInstance running)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(services.Stopping);
        var health = services.Health.RunAsync(resource, name, life.Token);
        int? exitCode = null;
        try
        {
            exitCode = await running.Exited.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.Lost(_logger, exception.Message);
        }

        SetTargets(present: false);
        _running = null;
        await life.CancelAsync().ConfigureAwait(false);
        await health.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await services.Urls.ActivateAsync(resource, name, active: false).ConfigureAwait(false);
        await PublishAsync(snapshot => snapshot with
        {
            State = running.EndState,
            ExitCode = exitCode,
            StopTimeStamp = DateTime.UtcNow,
            IsHidden = snapshot.IsHidden || HidesAfter(exitCode),
        }).ConfigureAwait(false);
        await PublishStoppedAsync().ConfigureAwait(false);
    }

    private bool HidesAfter(int? exitCode) =>
        exitCode is { } code
        && resource.Annotations.OfType<HiddenAnnotation>().Any(hidden => hidden.Behavior == HiddenBehavior.OnCompletion && hidden.SuccessfulExitCodes.Contains(code));

    private void SetTargets(bool present)
    {
        foreach (var (endpoint, port) in _targetPorts)
        {
            if (services.Endpoints.ProxyOf(endpoint) is { } proxy)
            {
                var target = new IPEndPoint(IPAddress.Loopback, port);
                if (present)
                {
                    proxy.Targets.Add(target);
                }
                else
                {
                    proxy.Targets.Remove(target);
                }
            }
        }
    }

    // As published, what ends with the host ends without the event.
    private async Task PublishStoppedAsync()
    {
        if (!services.Stopping.IsCancellationRequested && services.Notifications.TryGetCurrentState(name, out var last))
        {
            try
            {
                await services.Eventing.PublishAsync(new ResourceStoppedEvent(resource, services.Provider, last), EventDispatchBehavior.BlockingSequential, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Log.HandlerFailed(_logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Error, "Failed to start: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(0, LogLevel.Error, "Failed to start resource {Resource}: {Reason}")]
        public static partial void FailedToStart(ILogger logger, string resource, string reason);

        [LoggerMessage(0, LogLevel.Error, "Lost sight of the running instance: {Reason}")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(0, LogLevel.Error, "A handler of the stopped event failed.")]
        public static partial void HandlerFailed(ILogger logger, Exception exception);
    }
}
