using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Lifecycle;

/// <summary>A service that is called while the application starts.</summary>
[Obsolete("Use IDistributedApplicationEventingSubscriber instead.")]
public interface IDistributedApplicationLifecycleHook
{
    /// <summary>Called before the application starts.</summary>
    Task BeforeStartAsync(DistributedApplicationModel appModel, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Was called when all endpoints had their addresses; nobody calls it any more.</summary>
    Task AfterEndpointsAllocatedAsync(DistributedApplicationModel appModel, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Called when the resources have been started.</summary>
    Task AfterResourcesCreatedAsync(DistributedApplicationModel appModel, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
