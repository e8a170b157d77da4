#pragma warning disable CS0618 // What is obsolete is called all the same.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Aspire.Hosting.Lifecycle;

/// <summary>Registers services that are called while the application starts.</summary>
public static class LifecycleHookServiceCollectionExtensions
{
    private const string UseAdd = "Use EventingSubscriberServiceCollectionExtensions.AddEventingSubscriber instead.";
    private const string UseTryAdd = "Use EventingSubscriberServiceCollectionExtensions.TryAddEventingSubscriber instead.";

    /// <summary>Registers a hook.</summary>
    [Obsolete(UseAdd)]
    public static void AddLifecycleHook<T>(this IServiceCollection services)
        where T : class, IDistributedApplicationLifecycleHook => services.AddSingleton<IDistributedApplicationLifecycleHook, T>();

    /// <summary>Registers a hook that a factory makes.</summary>
    [Obsolete(UseAdd)]
    public static void AddLifecycleHook<T>(this IServiceCollection services, Func<IServiceProvider, T> implementationFactory)
        where T : class, IDistributedApplicationLifecycleHook => services.AddSingleton<IDistributedApplicationLifecycleHook, T>(implementationFactory);

    /// <summary>Registers a hook unless it already is.</summary>
    [Obsolete(UseTryAdd)]
    public static void TryAddLifecycleHook<T>(this IServiceCollection services)
        where T : class, IDistributedApplicationLifecycleHook => services.TryAddEnumerable(ServiceDescriptor.Singleton<IDistributedApplicationLifecycleHook, T>());

    /// <summary>Registers a hook that a factory makes, unless it already is.</summary>
    [Obsolete(UseTryAdd)]
    public static void TryAddLifecycleHook<T>(this IServiceCollection services, Func<IServiceProvider, T> implementationFactory)
        where T : class, IDistributedApplicationLifecycleHook => services.TryAddEnumerable(ServiceDescriptor.Singleton<IDistributedApplicationLifecycleHook, T>(implementationFactory));
}
