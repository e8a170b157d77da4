using Aspire.Hosting.Execution;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds environment variables to a resource when its environment is evaluated.</summary>
public class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation for one variable whose value is asked for when the environment is evaluated.</summary>
    public EnvironmentCallbackAnnotation(string name, Func<string> callback)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            context.EnvironmentVariables[name] = callback();
            return Task.CompletedTask;
        };
    }

    /// <summary>Creates the annotation with a callback that changes the variables.</summary>
    public EnvironmentCallbackAnnotation(Action<Dictionary<string, object>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context.EnvironmentVariables);
            return Task.CompletedTask;
        };
    }

    /// <summary>Creates the annotation with a callback that changes the context.</summary>
    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Creates the annotation with an asynchronous callback.</summary>
    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>What is called when the environment is evaluated.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; }

    internal EvaluatedOnce<Dictionary<string, object>> Evaluated { get; } = new();
}
