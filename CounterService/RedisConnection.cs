using StackExchange.Redis;

namespace CounterService;

/// <summary>How the connection behaves when the store is away.</summary>
internal static class RedisConnection
{
    public static void Configure(ConfigurationOptions options)
    {
        // For CONFIG SET, which applies the durability setting.
        options.AllowAdmin = true;

        // Back within a second after the store is back.
        options.ReconnectRetryPolicy = new LinearRetry(250);
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        options.ConnectTimeout = 2_000;
    }
}
