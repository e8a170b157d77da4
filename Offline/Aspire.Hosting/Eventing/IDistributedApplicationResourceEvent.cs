using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Eventing;

/// <summary>Something that happens to a resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    /// <summary>The resource.</summary>
    IResource Resource { get; }

    /// <summary>The services of the host.</summary>
    IServiceProvider Services => throw new NotImplementedException();

    /// <summary>The log of the resource.</summary>
    ILogger Logger => Services.GetService<ResourceLoggerService>()?.GetLogger(Resource) ?? NullLogger.Instance;
}
