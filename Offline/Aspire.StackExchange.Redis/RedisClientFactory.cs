using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Makes the connection of one registered client when it is first resolved.</summary>
internal sealed class RedisClientFactory(
    string connectionName,
    string? serviceKey,
    StackExchangeRedisSettings settings,
    Action<ConfigurationOptions>? configureOptions,
    string sectionName)
{
    /// <summary>The name of its options: its key.</summary>
    public string OptionsName { get; } = serviceKey ?? Options.DefaultName;

    public IConnectionMultiplexer Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptionsMonitor<ConfigurationOptions>>().Get(OptionsName);
        if (options.EndPoints.Count == 0)
        {
            throw new InvalidOperationException(
                $"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}' "
                + $"or for the '{sectionName}:ConnectionString' configuration key.");
        }

        options.LoggerFactory ??= services.GetService<ILoggerFactory>();

        var connection = ConnectionMultiplexer.Connect(options);
        if (!settings.DisableTracing)
        {
            services.GetService<RedisInstrumentation>()?.Attach(connection);
        }

        return connection;
    }

    public ConfigurationOptions ReadOptions(IConfiguration configuration)
    {
        var connectionString = settings.ConnectionString;
        var options = string.IsNullOrEmpty(connectionString) ? new ConfigurationOptions() : ConfigurationOptions.Parse(connectionString);

        // A store that is still starting is waited for, unless the connection string says otherwise.
        if (connectionString?.Contains("abortConnect=", StringComparison.OrdinalIgnoreCase) is not true)
        {
            options.AbortOnConnectFail = false;
        }

        configuration.GetSection($"{sectionName}:ConfigurationOptions").Bind(options);
        configuration.GetSection($"{sectionName}:{serviceKey ?? connectionName}:ConfigurationOptions").Bind(options);
        configureOptions?.Invoke(options);
        return options;
    }
}
