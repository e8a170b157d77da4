#pragma warning disable ASPIREUSERSECRETS001 // The host implements its own experimental interface.
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Stands in when the AppHost has no user secrets: generated values last for the run.</summary>
internal sealed class NoUserSecrets : IUserSecretsManager
{
    public bool IsAvailable => false;

    public string FilePath => "";

    public bool TrySetSecret(string name, string value) => false;

    public bool TryDeleteSecret(string name) => false;

    public void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(valueGenerator);
        if (string.IsNullOrEmpty(configuration[name]))
        {
            configuration.AddInMemoryCollection([new(name, valueGenerator())]);
        }
    }

    public Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
