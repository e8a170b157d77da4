using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Makes a builder with the defaults of tests. Its host's settings can be reached only by who listens to its making.</summary>
internal sealed class BuilderConstruction(Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<BuilderConstruction?> s_current = new();

    private IDisposable? _subscription;

    public static DistributedApplicationBuilder Create(Assembly assembly, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        using var construction = new BuilderConstruction((options, settings) =>
        {
            TestDefaults.Apply(assembly, args, options, settings);
            configure(options, settings);
        });
        s_current.Value = construction;
        using var listeners = DiagnosticListener.AllListeners.Subscribe(construction);
        var builder = new DistributedApplicationBuilder(new DistributedApplicationOptions());
        s_current.Value = null;
        TestDefaults.Apply(builder);
        return builder;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Aspire.Hosting")
        {
            _subscription = value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (s_current.Value == this && value is { Key: "DistributedApplicationBuilderConstructing", Value: ValueTuple<DistributedApplicationOptions, HostApplicationBuilderSettings> settings })
        {
            configure(settings.Item1, settings.Item2);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscription?.Dispose();
}
