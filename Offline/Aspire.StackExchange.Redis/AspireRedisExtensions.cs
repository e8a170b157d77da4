using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Connects an application to Redis: one shared <see cref="IConnectionMultiplexer"/>, with its health check and its traces.</summary>
public static class AspireRedisExtensions
{
    private const string SectionName = "Aspire:StackExchange:Redis";

    /// <summary>Registers <see cref="IConnectionMultiplexer"/> for the connection string of the given name.</summary>
    /// <param name="builder">The builder of the application.</param>
    /// <param name="connectionName">The name of the connection string, and of the configuration section under <c>Aspire:StackExchange:Redis</c>.</param>
    /// <param name="configureSettings">Changes the settings that the configuration gave.</param>
    /// <param name="configureOptions">Changes the options that the connection string gave.</param>
    /// <exception cref="InvalidOperationException">On first use, when there is no connection string.</exception>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        Add(builder, connectionName, configureSettings, configureOptions, serviceKey: null);

    /// <summary>Registers <see cref="IConnectionMultiplexer"/> under a key, which also names its connection string.</summary>
    /// <param name="builder">The builder of the application.</param>
    /// <param name="name">The key, the name of the connection string, and of the configuration section.</param>
    /// <param name="configureSettings">Changes the settings that the configuration gave.</param>
    /// <param name="configureOptions">Changes the options that the connection string gave.</param>
    /// <exception cref="InvalidOperationException">On first use, when there is no connection string.</exception>
    public static void AddKeyedRedisClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        builder.AddKeyedRedisClientBuilder(name, configureSettings, configureOptions);

    /// <summary>Registers <see cref="IConnectionMultiplexer"/> and returns the builder that further features are added to.</summary>
    /// <param name="builder">The builder of the application.</param>
    /// <param name="connectionName">The name of the connection string, and of the configuration section under <c>Aspire:StackExchange:Redis</c>.</param>
    /// <param name="configureSettings">Changes the settings that the configuration gave.</param>
    /// <param name="configureOptions">Changes the options that the connection string gave.</param>
    /// <returns>The builder of the client.</returns>
    public static AspireRedisClientBuilder AddRedisClientBuilder(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        new(builder, Add(builder, connectionName, configureSettings, configureOptions, serviceKey: null), serviceKey: null);

    /// <summary>Registers <see cref="IConnectionMultiplexer"/> under a key and returns the builder that further features are added to.</summary>
    /// <param name="builder">The builder of the application.</param>
    /// <param name="name">The key, the name of the connection string, and of the configuration section.</param>
    /// <param name="configureSettings">Changes the settings that the configuration gave.</param>
    /// <param name="configureOptions">Changes the options that the connection string gave.</param>
    /// <returns>The builder of the client.</returns>
    public static AspireRedisClientBuilder AddKeyedRedisClientBuilder(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(builder, Add(builder, name, configureSettings, configureOptions, serviceKey: name), serviceKey: name);
    }

    private static StackExchangeRedisSettings Add(
        IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings,
        Action<ConfigurationOptions>? configureOptions,
        string? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = ReadSettings(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        var client = new RedisClientFactory(connectionName, serviceKey, settings, configureOptions, SectionName);
        builder.Services.AddOptions();
        builder.Services.AddSingleton(client);
        builder.Services.TryAddTransient<IOptionsFactory<ConfigurationOptions>, RedisOptionsFactory>();
        if (serviceKey is null)
        {
            builder.Services.AddSingleton<IConnectionMultiplexer>(client.Create);
        }
        else
        {
            builder.Services.AddKeyedSingleton<IConnectionMultiplexer>(serviceKey, (services, _) => client.Create(services));
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddRedisInstrumentation();
        }

        if (!settings.DisableHealthChecks)
        {
            AddHealthCheck(builder, serviceKey);
        }

        if (!settings.DisableAutoActivation)
        {
            builder.Services.AddSingleton<IHostedService>(services => new RedisClientActivator(services, serviceKey));
        }

        return settings;
    }

    /// <summary>Later wins: the section of all clients, the section of this one, its connection string.</summary>
    private static StackExchangeRedisSettings ReadSettings(IConfiguration configuration, string connectionName)
    {
        var settings = new StackExchangeRedisSettings();
        configuration.GetSection(SectionName).Bind(settings);
        configuration.GetSection($"{SectionName}:{connectionName}").Bind(settings);

        if (configuration.GetConnectionString(connectionName) is string connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        return settings;
    }

    private static void AddHealthCheck(IHostApplicationBuilder builder, string? serviceKey)
    {
        var name = serviceKey is null ? "StackExchange.Redis" : $"StackExchange.Redis_{serviceKey}";
        if (!builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
        {
            return;
        }

        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name,
            services => new RedisHealthCheck(() => RedisClientActivator.Resolve(services, serviceKey)),
            failureStatus: null,
            tags: null));
    }
}
