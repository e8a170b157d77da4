using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Makes the options of each registered client from its connection string and sections; what the application configures comes on top.</summary>
internal sealed class RedisOptionsFactory(
    IEnumerable<RedisClientFactory> clients,
    IConfiguration configuration,
    IEnumerable<IConfigureOptions<ConfigurationOptions>> setups,
    IEnumerable<IPostConfigureOptions<ConfigurationOptions>> postConfigures,
    IEnumerable<IValidateOptions<ConfigurationOptions>> validations)
    : OptionsFactory<ConfigurationOptions>(setups, postConfigures, validations)
{
    protected override ConfigurationOptions CreateInstance(string name) =>
        clients.LastOrDefault(client => client.OptionsName == name)?.ReadOptions(configuration) ?? base.CreateInstance(name);
}
