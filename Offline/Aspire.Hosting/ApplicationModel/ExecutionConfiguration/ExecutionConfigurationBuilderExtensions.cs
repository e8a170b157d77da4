using Aspire.Hosting.Execution;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Chooses what goes into the configuration of a resource.</summary>
public static class ExecutionConfigurationBuilderExtensions
{
    /// <summary>Adds the arguments of the resource.</summary>
    public static IExecutionConfigurationBuilder WithArgumentsConfig(this IExecutionConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddExecutionConfigurationGatherer(new ArgumentsGatherer());
    }

    /// <summary>Adds the environment of the resource.</summary>
    public static IExecutionConfigurationBuilder WithEnvironmentVariablesConfig(this IExecutionConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddExecutionConfigurationGatherer(new EnvironmentGatherer());
    }

    private sealed class ArgumentsGatherer : IExecutionConfigurationGatherer
    {
        public ValueTask GatherAsync(IExecutionConfigurationGathererContext context, IResource resource, ILogger resourceLogger, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken = default) =>
            new(ResourceCallbacks.AddArgumentsAsync(context.Arguments, resource, executionContext, resourceLogger, cancellationToken));
    }

    private sealed class EnvironmentGatherer : IExecutionConfigurationGatherer
    {
        public ValueTask GatherAsync(IExecutionConfigurationGathererContext context, IResource resource, ILogger resourceLogger, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken = default) =>
            new(ResourceCallbacks.AddEnvironmentAsync(context.EnvironmentVariables, resource, executionContext, resourceLogger, cancellationToken));
    }
}
