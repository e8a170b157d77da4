using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The user secrets of the AppHost: values that are kept from run to run outside the repository.</summary>
[Experimental("ASPIREUSERSECRETS001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IUserSecretsManager
{
    /// <summary>Whether the AppHost has user secrets.</summary>
    bool IsAvailable { get; }

    /// <summary>The file that holds them.</summary>
    string FilePath { get; }

    /// <summary>Saves a value.</summary>
    /// <returns>Whether it could be saved.</returns>
    bool TrySetSecret(string name, string value);

    /// <summary>Removes a value.</summary>
    /// <returns>Whether there was one and it could be removed.</returns>
    bool TryDeleteSecret(string name) => throw new NotSupportedException($"{GetType()} cannot delete secrets.");

    /// <summary>Takes the value from the configuration, or generates and saves it, and puts it into the configuration.</summary>
    void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator);

    /// <summary>Replaces all values.</summary>
    Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default);
}
