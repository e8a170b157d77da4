using Aspire.Hosting.Execution;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds arguments to the command line of a resource when it is evaluated.</summary>
public class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation with an asynchronous callback.</summary>
    public CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Creates the annotation with a callback that changes the list of arguments.</summary>
    public CommandLineArgsCallbackAnnotation(Action<IList<object>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context.Args);
            return Task.CompletedTask;
        };
    }

    /// <summary>What is called when the arguments are evaluated.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; }

    internal EvaluatedOnce<IList<object>> Evaluated { get; } = new();
}
