using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>
/// Runs the callbacks that make the environment and the arguments of a resource: each once for all replicas and all who ask, until the resource is started again.
/// As published, what counts is what the last callback found and made: one that is added after others were evaluated does not see what they made.
/// </summary>
internal static class ResourceCallbacks
{
    public static async Task AddEnvironmentAsync(Dictionary<string, object> variables, IResource resource, DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        Dictionary<string, object> made = [];
        var context = new EnvironmentCallbackContext(executionContext, resource, new(variables), cancellationToken) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            made = await annotation.Evaluated.GetAsync(async () =>
            {
                await annotation.Callback(context).ConfigureAwait(false);
                return context.EnvironmentVariables;
            }).ConfigureAwait(false);
        }

        foreach (var (name, value) in made)
        {
            variables[name] = value;
        }
    }

    public static async Task AddArgumentsAsync(List<object> arguments, IResource resource, DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        IList<object> made = [.. arguments];
        var context = new CommandLineArgsCallbackContext(made, resource, cancellationToken) { ExecutionContext = executionContext, Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            made = await annotation.Evaluated.GetAsync(async () =>
            {
                await annotation.Callback(context).ConfigureAwait(false);
                return context.Args;
            }).ConfigureAwait(false);
        }

        arguments.Clear();
        arguments.AddRange(made);
    }

    /// <summary>What the callbacks make of an empty environment, now.</summary>
    public static async Task<Dictionary<string, object>> EnvironmentNowAsync(IResource resource, DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, [], cancellationToken) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return context.EnvironmentVariables;
    }

    /// <summary>What the callbacks make of an empty command line, now.</summary>
    public static async Task<IList<object>> ArgumentsNowAsync(IResource resource, DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = executionContext, Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return context.Args;
    }

    /// <summary>The next who asks has the callbacks run again.</summary>
    public static void Forget(IResource resource)
    {
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            annotation.Evaluated.Forget();
        }

        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            annotation.Evaluated.Forget();
        }
    }
}
