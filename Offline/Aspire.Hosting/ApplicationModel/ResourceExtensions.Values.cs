using Aspire.Hosting.Execution;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    private const string UseBuilder = "Use ExecutionConfigurationBuilder instead.";

    /// <summary>The environment of the resource: values in a run, expressions where it is published. What has no value is left out.</summary>
    [Obsolete(UseBuilder)]
    public static async ValueTask<Dictionary<string, string>> GetEnvironmentVariableValuesAsync(this IResourceWithEnvironment resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(resource).WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(applicationOperation)).ConfigureAwait(false);
        return configuration.EnvironmentVariables.ToDictionary();
    }

    /// <summary>The arguments of the resource: values in a run, expressions where it is published. What has no value is left out.</summary>
    [Obsolete(UseBuilder)]
    public static async ValueTask<string[]> GetArgumentValuesAsync(this IResourceWithArgs resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(resource).WithArgumentsConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(applicationOperation)).ConfigureAwait(false);
        return [.. configuration.Arguments.Select(argument => argument.Value)];
    }

    /// <summary>Calls back for each argument with what it is made from, its text or why it has none, and whether it holds a secret.</summary>
    [Obsolete(UseBuilder)]
    public static async ValueTask ProcessArgumentValuesAsync(this IResource resource, DistributedApplicationExecutionContext executionContext, Action<object?, string?, Exception?, bool> processValue, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(executionContext);
        ArgumentNullException.ThrowIfNull(processValue);

        foreach (var value in await ResourceCallbacks.ArgumentsNowAsync(resource, executionContext, logger, cancellationToken).ConfigureAwait(false))
        {
            var (text, exception) = await TryResolveAsync(value, resource, executionContext, cancellationToken).ConfigureAwait(false);
            processValue(value, text, exception, Secrets.Within(value));
        }
    }

    /// <summary>Calls back for each environment variable with its name, what it is made from, and its text or why it has none.</summary>
    [Obsolete(UseBuilder)]
    public static async ValueTask ProcessEnvironmentVariableValuesAsync(this IResource resource, DistributedApplicationExecutionContext executionContext, Action<string, object?, string?, Exception?> processValue, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(executionContext);
        ArgumentNullException.ThrowIfNull(processValue);

        foreach (var (name, value) in await ResourceCallbacks.EnvironmentNowAsync(resource, executionContext, logger, cancellationToken).ConfigureAwait(false))
        {
            var (text, exception) = await TryResolveAsync(value, resource, executionContext, cancellationToken).ConfigureAwait(false);
            processValue(name, value, text, exception);
        }
    }

    private static async Task<(string? Text, Exception? Exception)> TryResolveAsync(object? value, IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        try
        {
            return (await new ValueResolver(executionContext).ResolveAsync(value, resource, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (null, exception);
        }
    }
}
