using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs the program of an AppHost on a thread of its own and watches it make the builder and the application,
/// through the events that <c>Aspire.Hosting</c> raises for it.
/// </summary>
internal sealed class AppHostEntryPoint(Assembly assembly, string[] args, IAppHostObserver observer) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string PatienceVariable = "DOTNET_HOST_FACTORY_RESOLVER_DEFAULT_TIMEOUT_IN_SECONDS";

    // Several AppHosts can start side by side: each sees the events of its own program only.
    private static readonly AsyncLocal<AppHostEntryPoint?> s_current = new();

    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];

    /// <summary>How long the program may take to get from one step to the next.</summary>
    public static TimeSpan Patience { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(PatienceVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromMinutes(5);

    /// <summary>Ends with the program, and fails as it fails.</summary>
    public Task Completed => _completed.Task;

    public void Start()
    {
        lock (_subscriptions)
        {
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        new Thread(Run) { IsBackground = true, Name = $"AppHost {assembly.GetName().Name}" }.Start();
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener listener)
    {
        if (listener.Name == "Aspire.Hosting")
        {
            lock (_subscriptions)
            {
                _subscriptions.Add(listener.Subscribe(this));
            }
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> happened)
    {
        if (s_current.Value != this)
        {
            return;
        }

        switch (happened)
        {
            case { Key: "DistributedApplicationBuilderConstructing", Value: ValueTuple<DistributedApplicationOptions, HostApplicationBuilderSettings> settings }:
                observer.OnConstructing(settings.Item1, settings.Item2);
                break;
            case { Key: "DistributedApplicationBuilderConstructed", Value: DistributedApplicationBuilder builder }:
                observer.OnConstructed(builder);
                break;
            case { Key: "DistributedApplicationBuilding", Value: DistributedApplicationBuilder builder }:
                observer.OnBuilding(builder);
                break;
            case { Key: "DistributedApplicationBuilt", Value: DistributedApplication application }:
                observer.OnBuilt(application);
                break;
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    private void Run()
    {
        s_current.Value = this;
        try
        {
            var main = assembly.EntryPoint!;
            if (main.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, main.GetParameters().Length == 0 ? [] : [args], culture: null) is Task task)
            {
                task.GetAwaiter().GetResult();
            }

            _completed.SetResult();
        }
        catch (HostAbortedException)
        {
            // Thrown by the observer, which wants no more of the program.
            _completed.SetResult();
        }
        catch (AggregateException exception) when (exception.InnerExceptions is [HostAbortedException])
        {
            _completed.SetResult();
        }
        catch (Exception exception)
        {
            // What ends the program is told to the test; on this thread it would end the process.
            _completed.SetException(exception is AggregateException { InnerExceptions: [var only] } ? only : exception);
        }
        finally
        {
            lock (_subscriptions)
            {
                _subscriptions.ForEach(subscription => subscription.Dispose());
            }
        }
    }
}
