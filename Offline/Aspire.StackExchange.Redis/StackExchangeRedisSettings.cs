namespace Aspire.StackExchange.Redis;

/// <summary>Settings of the connection to Redis.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string of the Redis server.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the health check is left out. The default is <see langword="false"/>.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether tracing is left out. The default is <see langword="false"/>.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>
    /// Whether the connection is opened when it is first used (<see langword="true"/>, the default) instead of when the host starts.
    /// </summary>
    public bool DisableAutoActivation { get; set; } = true;
}
