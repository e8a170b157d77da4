#pragma warning disable ASPIRECOMMAND001 // It is ours.
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>The services that run the model. Those that only tell about it are there when it is published as well.</summary>
internal static class ExecutionServices
{
    public static void AddExecution(this IServiceCollection services, IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton(provider => new ResourceNotificationService(
            provider.GetRequiredService<ILogger<ResourceNotificationService>>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider,
            provider.GetRequiredService<ResourceLoggerService>()));
        services.AddSingleton(provider => new ResourceCommandService(
            provider.GetRequiredService<ResourceNotificationService>(),
            provider.GetRequiredService<ResourceLoggerService>(),
            provider));
        services.AddSingleton<InteractionService>();
        services.AddSingleton<IInteractionService>(provider => provider.GetRequiredService<InteractionService>());
        services.Configure<ResourceNotificationServiceOptions>(notifications =>
            notifications.DefaultWaitBehavior = options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfigurationManager>(builder.Configuration);
        services.AddSingleton(new AppHostBuild(builder.AppHostAssembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } configuration ? configuration : "Debug"));
        services.AddSingleton<ProcessRunner>();
        services.AddSingleton<PortAllocator>();
        services.AddSingleton(provider => new EndpointAllocator(provider.GetRequiredService<PortAllocator>(), builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false)));
        services.AddSingleton<ValueResolver>();
        services.AddSingleton<ResourceEnvironmentEvaluator>();
        services.AddSingleton<HealthMonitor>();
        services.AddSingleton<ResourceUrls>();
        services.AddSingleton<ContainerEngines>();
        services.AddSingleton<ContainerNetwork>();
        services.AddSingleton<ContainerInstanceRunner>();
        services.AddSingleton<ProjectInstanceRunner>();
        services.AddSingleton<ProjectRebuilder>();
        services.AddSingleton<ExecutableInstanceRunner>();
        services.AddSingleton<InstanceRunners>();
        services.AddSingleton<ParameterProcessor>();
        services.AddSingleton<IRequiredCommandValidator, RequiredCommandValidator>();
        services.AddSingleton<Orchestrator>();
        if (options.EnableResourceLogging)
        {
            // Before the orchestrator, whose start lasts until all resources are under way.
            services.AddHostedService<ResourceLogForwarder>();
        }

        services.AddHostedService(provider => provider.GetRequiredService<Orchestrator>());
        if (!options.DisableDashboard)
        {
            // After the orchestrator: the resources start while the dashboard does.
            services.AddSingleton<HostResourceService>();
            services.AddHostedService<DashboardService>();
        }
    }
}
