#pragma warning disable CS0618 // What is obsolete is called all the same.
#pragma warning disable ASPIRECOMMAND001 // It is ours.
using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Runs the model: brings every resource to life in the published order of events, and everything down in the reverse order of dependency.</summary>
internal sealed partial class Orchestrator : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan s_longestStop = TimeSpan.FromSeconds(9);

    private readonly DistributedApplicationModel _model;
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IDistributedApplicationEventing _eventing;
    private readonly IServiceProvider _services;
    private readonly ILogger<Orchestrator> _logger;
    private readonly EndpointAllocator _endpoints;
    private readonly ResourceUrls _urls;
    private readonly InstanceServices _instanceServices;
    private readonly InstanceRunners _runners;
    private readonly ParameterProcessor _parameters;
    private readonly ProjectRebuilder _rebuilder;
    private readonly ContainerNetwork _network;
    private readonly ProcessRunner _processes;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<IResource, List<ResourceInstance>> _instances = [];
    // Filled before anything starts: then all starts read it at once.
    private readonly HashSet<IResource> _failed = [];
    private readonly HealthMonitor _health;
    private readonly ConcurrentBag<Task> _starts = [];
    private readonly ConcurrentBag<Task> _checks = [];
    private Task _starting = Task.CompletedTask;
    private Task? _stop;
    private Task _watching = Task.CompletedTask;

    public Orchestrator(
        DistributedApplicationModel model,
        ResourceNotificationService notifications,
        ResourceLoggerService loggers,
        IDistributedApplicationEventing eventing,
        ResourceEnvironmentEvaluator environments,
        EndpointAllocator endpoints,
        HealthMonitor health,
        ResourceUrls urls,
        InstanceRunners runners,
        ParameterProcessor parameters,
        ProjectRebuilder rebuilder,
        ContainerNetwork network,
        ProcessRunner processes,
        IHostApplicationLifetime lifetime,
        IServiceProvider services,
        ILogger<Orchestrator> logger)
    {
        _model = model;
        _notifications = notifications;
        _loggers = loggers;
        _eventing = eventing;
        _services = services;
        _logger = logger;
        _endpoints = endpoints;
        _urls = urls;
        _runners = runners;
        _health = health;
        _parameters = parameters;
        _rebuilder = rebuilder;
        _network = network;
        _processes = processes;
        _lifetime = lifetime;
        _instanceServices = new InstanceServices(notifications, loggers, eventing, environments, endpoints, health, urls, services, logger, _stopping.Token);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var resources = _model.Resources.ToList();
        resources.ForEach(ReplicaRules.Check);
        HealthCheckKeys.Check(resources, _services, _logger);
        InstanceNames.Assign(resources, _services.GetRequiredService<IConfiguration>()["AppHost:Sha256"] ?? "00000000");
        foreach (var resource in resources)
        {
            await PrepareAsync(resource).ConfigureAwait(false);
        }

        _parameters.ValueChanged += CheckEnvironments;
        SubscribeToOthers();
        _watching = Task.Run(WatchOthersAsync, CancellationToken.None);

        // All addresses are known before anything starts, so that nothing waits for an address.
        foreach (var resource in _instances.Keys)
        {
            await AllocateAsync(resource).ConfigureAwait(false);
        }

        // What can run as something else needs no engine.
        if (resources.Any(resource => resource.IsContainer() && !resource.Annotations.OfType<ContainerStandInAnnotation>().Any()))
        {
            await _services.GetRequiredService<ContainerEngines>().RequireAsync(cancellationToken).ConfigureAwait(false);
        }

        // In the order of the model: a parameter that has no value is known to be waited for before anyone asks for it.
        var starts = await Task.Run(() => resources.Select(StartAsync).ToList(), CancellationToken.None).ConfigureAwait(false);
        _starting = FinishStartAsync(starts);
        try
        {
            await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to end, as by Ctrl+C, before everything was up. That is no failure: the host goes on to stop all in its order.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stop ??= StopAllAsync(cancellationToken);

    private async Task StopAllAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        var stops = new Dictionary<IResource, Task>();
        try
        {
            await EndAsync(stops).WaitAsync(s_longestStop, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            var late = stops.Where(stop => !stop.Value.IsCompleted).Select(stop => stop.Key.Name).ToList();
            Log.StoppedLate(_logger, late.Count > 0 ? string.Join(", ", late) : "what is called during a start");
        }

        await _endpoints.DisposeAsync().ConfigureAwait(false);
        await _network.DisposeAsync().ConfigureAwait(false);
        _processes.Dispose();
    }

    // May last for ever: a handler or a callback that is still under way need not heed that the host stops.
    private async Task EndAsync(Dictionary<IResource, Task> stops)
    {
        await Task.WhenAll(_instances.Keys.Select(resource => StopAsync(resource, stops, []))).ConfigureAwait(false);
        await _starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll([.. _starts, .. _checks]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        // A host whose start was given up is not stopped before.
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _stopping.Dispose();
        foreach (var instance in _instances.Values.SelectMany(instances => instances))
        {
            instance.Dispose();
        }
    }

    /// <summary>Starts an instance, with the events and waits of every start.</summary>
    public Task StartInstanceAsync(string instanceName)
    {
        var instance = Find(instanceName);
        ResourceCallbacks.Forget(instance.Resource);
        return instance.StartAsync(
            cancellationToken => BeforeStartAsync(instance.Resource, cancellationToken),
            cancellationToken => WaitAsync(instance.Resource, instance.Name, cancellationToken));
    }

    public Task StopInstanceAsync(string instanceName) => Find(instanceName).StopAsync();

    /// <summary>The instances of a resource.</summary>
    public IReadOnlyList<ResourceInstance> InstancesOf(IResource resource) => _instances.GetValueOrDefault(resource) ?? [];

    private ResourceInstance Find(string name) =>
        _instances.Values.SelectMany(instances => instances).FirstOrDefault(instance => string.Equals(instance.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new DistributedApplicationException($"Resource '{name}' not found.");

    private async Task PrepareAsync(IResource resource)
    {
        if (_runners.For(resource) is { } runner)
        {
            LifecycleCommands.Add(resource, this, _rebuilder);
            _instances[resource] = [.. resource.InstanceNames().Select(name => new ResourceInstance(resource, name, runner, _instanceServices))];
        }

        var isHidden = resource.Annotations.OfType<HiddenAnnotation>().Any(hidden => hidden.Behavior == HiddenBehavior.Always);
        await _notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            IsHidden = snapshot.IsHidden || isHidden,
            ResourceType = resource.IsContainer() ? "Container" : snapshot.ResourceType,
            Volumes = snapshot.Volumes.IsEmpty ? ContainerVolumes.Of(resource) : snapshot.Volumes,
            Properties = ParentOf(resource) is { } parent ? snapshot.Properties.With(KnownProperties.ParentName, parent.InstanceNames()[0]) : snapshot.Properties,
        }).ConfigureAwait(false);
    }

    private static IResource? ParentOf(IResource resource) =>
        (resource as IResourceWithParent)?.Parent
        ?? resource.Annotations.OfType<ResourceRelationshipAnnotation>().LastOrDefault(relationship => relationship.Type == KnownRelationshipTypes.Parent)?.Resource;

    // Not awaited by who sets a value: one that is checked may wait for another value, which is set next.
    private void CheckEnvironments()
    {
        foreach (var instance in _instances.Values.SelectMany(instances => instances))
        {
            _checks.Add(instance.CheckEnvironmentAsync());
        }
    }

    // Resources that run by their own code tell of their life by events; what they say then is shown, and before they start they wait.
    private void SubscribeToOthers()
    {
        _eventing.Subscribe<ResourceEndpointsAllocatedEvent>((@event, cancellationToken) =>
            _instances.ContainsKey(@event.Resource) ? Task.CompletedTask : _urls.PublishAsync(@event.Resource, cancellationToken));
        _eventing.Subscribe<BeforeResourceStartedEvent>((@event, cancellationToken) =>
            _instances.ContainsKey(@event.Resource) ? Task.CompletedTask : WaitAsync(@event.Resource, instance: null, cancellationToken));
        _eventing.Subscribe<ConnectionStringAvailableEvent>((@event, cancellationToken) =>
            @event.Resource is IResourceWithConnectionString resource ? ShowConnectionStringAsync(resource, cancellationToken) : Task.CompletedTask);
    }

    // Resources that run by their own code have health and become ready like those the host runs.
    private async Task WatchOthersAsync()
    {
        Dictionary<string, CancellationTokenSource> monitored = [];
        List<Task> monitors = [];
        try
        {
            await foreach (var change in _notifications.WatchAsync(_stopping.Token).ConfigureAwait(false))
            {
                var runs = change.Snapshot.State?.Text == KnownResourceStates.Running;
                if (runs && change.Snapshot.Ready is null && !_instances.ContainsKey(change.Resource) && !monitored.ContainsKey(change.ResourceId))
                {
                    var life = monitored[change.ResourceId] = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                    monitors.Add(_health.RunAsync(change.Resource, change.ResourceId, life.Token));
                }
                else if (!runs && monitored.Remove(change.ResourceId, out var life))
                {
                    await life.CancelAsync().ConfigureAwait(false);
                    life.Dispose();
                }
            }
        }
        finally
        {
            await Task.WhenAll(monitors).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var life in monitored.Values)
            {
                life.Dispose();
            }
        }
    }

    private async Task AllocateAsync(IResource resource)
    {
        try
        {
            _endpoints.Allocate(resource);
        }
        catch (DistributedApplicationException exception)
        {
            _failed.Add(resource);
            await FailAsync(resource, exception.Message).ConfigureAwait(false);
        }
    }

    private async Task FinishStartAsync(IEnumerable<Task> starts)
    {
        await Task.WhenAll(starts).ConfigureAwait(false);
        _stopping.Token.ThrowIfCancellationRequested();
        await _eventing.PublishAsync(new AfterResourcesCreatedEvent(_services, _model), _stopping.Token).ConfigureAwait(false);
        foreach (var hook in _services.GetServices<IDistributedApplicationLifecycleHook>())
        {
            await hook.AfterResourcesCreatedAsync(_model, _stopping.Token).ConfigureAwait(false);
        }
    }

    private async Task StartAsync(IResource resource)
    {
        try
        {
            var cancellationToken = _stopping.Token;
            // Not waited for: what brings its resource to life by itself may take its time.
            _ = InitializeAsync(resource, cancellationToken);
            if (resource is ParameterResource parameter)
            {
                await _parameters.StartAsync(parameter, cancellationToken).ConfigureAwait(false);
                return;
            }

            var runs = _instances.TryGetValue(resource, out var instances);
            if (runs && resource is IResourceWithEndpoints && !_failed.Contains(resource))
            {
                await _eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, _services), cancellationToken).ConfigureAwait(false);
            }

            if (runs || !resource.Annotations.OfType<EndpointAnnotation>().Any())
            {
                await _urls.PublishAsync(resource, cancellationToken).ConfigureAwait(false);
            }

            if (runs)
            {
                await StartInstancesAsync(resource, instances!).ConfigureAwait(false);
            }
            else if (resource is ConnectionStringResource)
            {
                await StartConnectionStringAsync(resource, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            await FailAsync(resource, exception.Message).ConfigureAwait(false);
        }
    }

    private async Task InitializeAsync(IResource resource, CancellationToken cancellationToken)
    {
        try
        {
            await _eventing.PublishAsync(new InitializeResourceEvent(resource, _eventing, _loggers, _notifications, _services), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            Log.InitializeFailed(_loggers.GetLogger(resource), exception);
        }
    }

    private async Task StartInstancesAsync(IResource resource, List<ResourceInstance> instances)
    {
        if (_failed.Contains(resource))
        {
            return;
        }

        if (WaitCycles.Find(resource) is { } cycle)
        {
            await FailAsync(resource, $"Resource '{resource.Name}' waits for itself: {string.Join(" -> ", cycle.Select(member => $"'{member.Name}'"))}.").ConfigureAwait(false);
            return;
        }

        await PublishConnectionStringAsync(resource, _stopping.Token).ConfigureAwait(false);
        if (resource.Annotations.OfType<ExplicitStartupAnnotation>().Any())
        {
            await _notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.NotStarted }).ConfigureAwait(false);
            return;
        }

        // The event of the first start is one for all instances.
        var before = new Lazy<Task>(() => BeforeStartAsync(resource, _stopping.Token));
        await Task.WhenAll(instances.Select(StartInstanceAsync)).ConfigureAwait(false);

        // Done when it is known what it runs with: as published, that is when resources count as created.
        Task StartInstanceAsync(ResourceInstance instance)
        {
            var prepared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var start = instance.StartAsync(
                cancellationToken => before.Value.WaitAsync(cancellationToken),
                cancellationToken => WaitAsync(resource, instance.Name, cancellationToken),
                prepared.SetResult);
            _starts.Add(start);
            return Task.WhenAny(prepared.Task, start);
        }
    }

    private async Task BeforeStartAsync(IResource resource, CancellationToken cancellationToken)
    {
        foreach (var command in resource.Annotations.OfType<RequiredCommandAnnotation>())
        {
            // As published a warning, not more: the resource may know better.
            if (await _services.GetRequiredService<IRequiredCommandValidator>().ValidateAsync(resource, command, cancellationToken).ConfigureAwait(false) is { IsValid: false } missing)
            {
                Log.CommandMissing(_loggers.GetLogger(resource), resource.Name, missing.ValidationMessage);
            }
        }

        await _eventing.PublishAsync(new BeforeResourceStartedEvent(resource, _services), EventDispatchBehavior.BlockingSequential, cancellationToken).ConfigureAwait(false);
    }

    private Task WaitAsync(IResource resource, string? instance, CancellationToken cancellationToken) =>
        new DependencyWaiter(_notifications, _loggers).WaitAsync(resource, instance, cancellationToken);

    private async Task StartConnectionStringAsync(IResource resource, CancellationToken cancellationToken)
    {
        await BeforeStartAsync(resource, cancellationToken).ConfigureAwait(false);
        await PublishConnectionStringAsync(resource, cancellationToken).ConfigureAwait(false);
        var ready = _eventing.PublishAsync(new ResourceReadyEvent(resource, _services), cancellationToken);
        await _notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            State = KnownResourceStates.Running,
            Ready = ready,
        }).ConfigureAwait(false);
    }

    private async Task PublishConnectionStringAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource is IResourceWithConnectionString)
        {
            await _eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, _services), cancellationToken).ConfigureAwait(false);
        }

        // A child without a life of its own, such as a database, is there with its parent.
        foreach (var child in _model.Resources.OfType<IResourceWithParent>().Where(child => ReferenceEquals(child.Parent, resource) && !_instances.ContainsKey(child)))
        {
            await PublishConnectionStringAsync(child, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ShowConnectionStringAsync(IResourceWithConnectionString resource, CancellationToken cancellationToken)
    {
        var connectionString = await resource.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
        var properties = new Dictionary<string, string?>();
        foreach (var (name, value) in resource.GetConnectionProperties())
        {
            properties[name] = await value.GetValueAsync(cancellationToken).ConfigureAwait(false);
        }

        await _notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            Properties = snapshot.Properties
                .With(KnownProperties.ConnectionString, connectionString, isSensitive: true)
                .With(KnownProperties.ConnectionProperties, properties, isSensitive: true),
        }).ConfigureAwait(false);
    }

    private async Task FailAsync(IResource resource, string reason)
    {
        if (_instances.TryGetValue(resource, out var instances))
        {
            await Task.WhenAll(instances.Select(instance => instance.FailAsync(reason))).ConfigureAwait(false);
            return;
        }

        Log.ResourceFailed(_logger, resource.Name, reason);
        await _notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.FailedToStart }).ConfigureAwait(false);
    }

    // First those that depend on it. A resource already on the way is not waited for: a cycle of references still comes to an end.
    private Task StopAsync(IResource resource, Dictionary<IResource, Task> stops, HashSet<IResource> onTheWay)
    {
        if (stops.TryGetValue(resource, out var stop))
        {
            return stop;
        }

        if (!onTheWay.Add(resource))
        {
            return Task.CompletedTask;
        }

        var dependents = _instances.Keys.Where(other => DependsOn(other, resource)).Select(other => StopAsync(other, stops, onTheWay)).ToList();
        onTheWay.Remove(resource);
        return stops[resource] = StopAfterAsync();

        async Task StopAfterAsync()
        {
            await Task.WhenAll(dependents).ConfigureAwait(false);
            await Task.WhenAll(_instances[resource].Select(instance => instance.StopWithHostAsync())).ConfigureAwait(false);
        }
    }

    private static bool DependsOn(IResource resource, IResource other) =>
        !ReferenceEquals(resource, other)
        && (resource.Annotations.OfType<WaitAnnotation>().Any(wait => ReferenceEquals(wait.Resource, other))
            || resource.Annotations.OfType<ResourceRelationshipAnnotation>().Any(relationship => ReferenceEquals(relationship.Resource, other)));

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Warning, "Still running after the time to stop, and now ended: {Resources}")]
        public static partial void StoppedLate(ILogger logger, string resources);

        [LoggerMessage(0, LogLevel.Error, "A handler of the initialization failed.")]
        public static partial void InitializeFailed(ILogger logger, Exception exception);

        [LoggerMessage(0, LogLevel.Warning, "Resource '{Resource}' may fail to start: {Reason}")]
        public static partial void CommandMissing(ILogger logger, string resource, string reason);

        [LoggerMessage(0, LogLevel.Error, "Failed to start resource {Resource}: {Reason}")]
        public static partial void ResourceFailed(ILogger logger, string resource, string reason);
    }
}
