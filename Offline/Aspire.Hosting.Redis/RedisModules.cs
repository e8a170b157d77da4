namespace Aspire.Hosting;

/// <summary>Where the modules are that come with the Redis image.</summary>
public static class RedisModules
{
    /// <summary>RedisJSON.</summary>
    public const string Json = "/usr/local/lib/redis/modules/rejson.so";

    /// <summary>RediSearch.</summary>
    public const string Search = "/usr/local/lib/redis/modules/redisearch.so";

    /// <summary>RedisBloom.</summary>
    public const string BloomFilter = "/usr/local/lib/redis/modules/redisbloom.so";

    /// <summary>RedisTimeSeries.</summary>
    public const string TimeSeries = "/usr/local/lib/redis/modules/redistimeseries.so";
}
