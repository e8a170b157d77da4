using Aspire.StackExchange.Redis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the span per Redis command to the tracing of the host.</summary>
internal static class RedisInstrumentationExtensions
{
    public static void AddRedisInstrumentation(this IServiceCollection services)
    {
        services.TryAddSingleton<RedisInstrumentation>();
        services.AddOpenTelemetry().WithTracing(tracing => tracing
            .AddSource(RedisInstrumentation.SourceName)
            .AddInstrumentation(provider => provider.GetRequiredService<RedisInstrumentation>()));
    }
}
