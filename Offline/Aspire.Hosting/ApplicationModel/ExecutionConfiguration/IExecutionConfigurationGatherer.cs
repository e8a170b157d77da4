using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Contributes to the environment and the arguments of a resource.</summary>
public interface IExecutionConfigurationGatherer
{
    /// <summary>Adds what it has to the context.</summary>
    ValueTask GatherAsync(IExecutionConfigurationGathererContext context, IResource resource, ILogger resourceLogger, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken = default);
}
