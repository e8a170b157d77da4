using Microsoft.Extensions.Hosting;

namespace Aspire.StackExchange.Redis;

/// <summary>What further features of a Redis client are added to.</summary>
/// <param name="hostBuilder">The builder of the host that uses the client.</param>
/// <param name="settings">The settings of the client.</param>
/// <param name="serviceKey">The key the client is registered under, or <see langword="null"/>.</param>
public sealed class AspireRedisClientBuilder(IHostApplicationBuilder hostBuilder, StackExchangeRedisSettings settings, string? serviceKey)
{
    /// <summary>The builder of the host that uses the client.</summary>
    public IHostApplicationBuilder HostBuilder { get; } = hostBuilder ?? throw new ArgumentNullException(nameof(hostBuilder));

    /// <summary>The settings of the client.</summary>
    public StackExchangeRedisSettings Settings { get; } = settings ?? throw new ArgumentNullException(nameof(settings));

    /// <summary>The key the client is registered under, or <see langword="null"/>.</summary>
    public string? ServiceKey { get; } = serviceKey;
}
