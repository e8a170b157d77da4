using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs the program of an AppHost in a test. A derived class can change the builder and the application on their way.</summary>
public class DistributedApplicationFactory : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan s_patienceWithStop = TimeSpan.FromSeconds(30);

    private readonly Assembly _assembly;
    private readonly string[] _args;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _building = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _mayRun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AppHostEntryPoint? _entryPoint;

    /// <summary>Creates a factory for an AppHost.</summary>
    /// <param name="entryPoint">A type in the assembly of the AppHost, such as <c>Projects.AppHost</c>.</param>
    public DistributedApplicationFactory(Type entryPoint)
        : this(entryPoint, [])
    {
    }

    /// <summary>Creates a factory for an AppHost.</summary>
    /// <param name="entryPoint">A type in the assembly of the AppHost, such as <c>Projects.AppHost</c>.</param>
    /// <param name="args">The command line.</param>
    public DistributedApplicationFactory(Type entryPoint, string[] args)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        _assembly = entryPoint.Assembly.EntryPoint is not null
            ? entryPoint.Assembly
            : throw new InvalidOperationException($"Assembly of specified type {entryPoint.Name} does not have an entry point.");
        _args = args;
    }

    /// <summary>Starts the application.</summary>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var application = await BuiltAsync(cancellationToken).ConfigureAwait(false);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = application.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
        _mayRun.TrySetResult(true);

        if (await Task.WhenAny(started.Task, _entryPoint!.Completed).WaitAsync(cancellationToken).ConfigureAwait(false) != started.Task)
        {
            await _entryPoint.Completed.ConfigureAwait(false);
            if (!started.Task.IsCompleted)
            {
                throw new InvalidOperationException("The entry point exited without running the application.");
            }
        }
    }

    /// <summary>Creates a client whose base address is an endpoint of a resource.</summary>
    /// <param name="resourceName">The name of the resource.</param>
    /// <param name="endpointName">The name of the endpoint; <c>https</c> if there is one, else <c>http</c>, when null.</param>
    public HttpClient CreateHttpClient(string resourceName, string? endpointName = null) => StartedApplication().CreateHttpClient(resourceName, endpointName);

    /// <summary>Gets the connection string of a resource.</summary>
    /// <param name="resourceName">The name of the resource.</param>
    public ValueTask<string?> GetConnectionString(string resourceName) => StartedApplication().GetConnectionStringAsync(resourceName);

    /// <summary>Gets the address of an endpoint of a resource.</summary>
    /// <param name="resourceName">The name of the resource.</param>
    /// <param name="endpointName">The name of the endpoint; <c>https</c> if there is one, else <c>http</c>, when null.</param>
    public Uri GetEndpoint(string resourceName, string? endpointName = null) => StartedApplication().GetEndpoint(resourceName, endpointName);

    /// <summary>Stops the application.</summary>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the application.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _mayRun.TrySetResult(false);
        Suspended.TrySetResult(false);
        if (_entryPoint is null)
        {
            return;
        }

        await StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Called before the builder is made.</summary>
    /// <param name="applicationOptions">Its options.</param>
    /// <param name="hostOptions">The settings of its host.</param>
    protected virtual void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions)
    {
    }

    /// <summary>Called when the builder is made and still empty.</summary>
    /// <param name="applicationBuilder">The builder.</param>
    protected virtual void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called when the AppHost has filled the builder.</summary>
    /// <param name="applicationBuilder">The builder.</param>
    protected virtual void OnBuilding(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called when the application is built.</summary>
    /// <param name="application">The application.</param>
    protected virtual void OnBuilt(DistributedApplication application)
    {
    }

    /// <summary>Completed at once here; a testing builder keeps the AppHost from building until the test asks for it. False ends the AppHost.</summary>
    internal TaskCompletionSource<bool> Suspended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal bool SuspendsBuild { get; init; }

    /// <summary>The builder as the AppHost has filled it.</summary>
    internal async Task<DistributedApplicationBuilder> BuildingAsync(CancellationToken cancellationToken) =>
        await StepAsync(_building.Task, cancellationToken).ConfigureAwait(false);

    /// <summary>The application as the AppHost has built it.</summary>
    internal async Task<DistributedApplication> BuiltAsync(CancellationToken cancellationToken)
    {
        EnsureStarted();
        Suspended.TrySetResult(true);
        return await StepAsync(_built.Task, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the application, if it runs, and waits for the program of the AppHost to end.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        _mayRun.TrySetResult(false);
        if (_built.Task is { IsCompletedSuccessfully: true, Result: var application } && !_entryPoint!.Completed.IsCompleted)
        {
            try
            {
                application.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            }
            catch (ObjectDisposedException)
            {
                // The program has just ended by itself.
            }
        }

        try
        {
            await _entryPoint!.Completed.WaitAsync(s_patienceWithStop, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Failed when it started, which StartAsync has told, or does not end: nothing a test could do about it now.
        }
    }

    private async Task<T> StepAsync<T>(Task<T> step, CancellationToken cancellationToken)
    {
        EnsureStarted();
        await Task.WhenAny(step, _entryPoint!.Completed).WaitAsync(AppHostEntryPoint.Patience, cancellationToken).ConfigureAwait(false);
        if (!step.IsCompleted)
        {
            await _entryPoint.Completed.ConfigureAwait(false);
            throw new InvalidOperationException("The entry point exited without building a DistributedApplication.");
        }

        return await step.ConfigureAwait(false);
    }

    private void EnsureStarted()
    {
        lock (_lock)
        {
            if (_entryPoint is null)
            {
                _entryPoint = new AppHostEntryPoint(_assembly, _args, new Observer(this));
                _entryPoint.Start();
            }
        }
    }

    private DistributedApplication StartedApplication() =>
        _built.Task.IsCompletedSuccessfully
            ? _built.Task.Result
            : throw new InvalidOperationException("The application must be started before resolving endpoints or connection strings.");

    private sealed class Observer(DistributedApplicationFactory factory) : IAppHostObserver
    {
        public void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
        {
            TestDefaults.Apply(factory._assembly, factory._args, options, settings);
            factory.OnBuilderCreating(options, settings);
        }

        public void OnConstructed(DistributedApplicationBuilder builder)
        {
            TestDefaults.Apply(builder);
            factory.OnBuilderCreated(builder);
        }

        public void OnBuilding(DistributedApplicationBuilder builder)
        {
            factory.OnBuilding(builder);
            factory._building.TrySetResult(builder);
            if (factory.SuspendsBuild)
            {
                GoOn(factory.Suspended.Task);
            }
        }

        public void OnBuilt(DistributedApplication application)
        {
            factory.OnBuilt(application);
            factory._built.TrySetResult(application);
            GoOn(factory._mayRun.Task);
        }

        private static void GoOn(Task<bool> mayGoOn)
        {
            if (!mayGoOn.GetAwaiter().GetResult())
            {
                throw new HostAbortedException();
            }
        }
    }
}
