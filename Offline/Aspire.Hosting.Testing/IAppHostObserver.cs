using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Told, on the thread of the program and in this order, what the program of an AppHost does; it goes on when the call returns.</summary>
internal interface IAppHostObserver
{
    void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    void OnConstructed(DistributedApplicationBuilder builder);

    void OnBuilding(DistributedApplicationBuilder builder);

    void OnBuilt(DistributedApplication application);
}
