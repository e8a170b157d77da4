#pragma warning disable ASPIREUSERSECRETS001 // Passed on, not used.
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The builder of an application under test, after the AppHost has filled it and before it is built.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>The configuration of the AppHost.</summary>
    new ConfigurationManager Configuration => ((IDistributedApplicationBuilder)this).Configuration;

    /// <summary>The directory of the AppHost's project.</summary>
    new string AppHostDirectory => ((IDistributedApplicationBuilder)this).AppHostDirectory;

    /// <summary>The AppHost's assembly.</summary>
    new Assembly? AppHostAssembly => ((IDistributedApplicationBuilder)this).AppHostAssembly;

    /// <summary>The environment the AppHost runs in.</summary>
    new IHostEnvironment Environment => ((IDistributedApplicationBuilder)this).Environment;

    /// <summary>The services of the AppHost.</summary>
    new IServiceCollection Services => ((IDistributedApplicationBuilder)this).Services;

    /// <summary>Whether the application runs or is published.</summary>
    new DistributedApplicationExecutionContext ExecutionContext => ((IDistributedApplicationBuilder)this).ExecutionContext;

    /// <summary>Where the events of the application are published.</summary>
    new IDistributedApplicationEventing Eventing => ((IDistributedApplicationBuilder)this).Eventing;

    /// <summary>The user secrets of the AppHost.</summary>
    new IUserSecretsManager UserSecretsManager => ((IDistributedApplicationBuilder)this).UserSecretsManager;

    /// <summary>The resources of the application.</summary>
    new IResourceCollection Resources => ((IDistributedApplicationBuilder)this).Resources;

    /// <summary>Adds a resource to the application.</summary>
    /// <param name="resource">The resource.</param>
    new IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource => ((IDistributedApplicationBuilder)this).AddResource(resource);

    /// <summary>Creates a builder for a resource without adding it to the application.</summary>
    /// <param name="resource">The resource.</param>
    new IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => ((IDistributedApplicationBuilder)this).CreateResourceBuilder(resource);

    /// <summary>Lets the AppHost build the application.</summary>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
