#pragma warning disable ASPIREUSERSECRETS001 // The host implements its own experimental interface.
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>Finds the user secrets of an AppHost.</summary>
internal static class UserSecrets
{
    /// <summary>The configuration key that names other user secrets than those of the AppHost's project.</summary>
    public const string IdKey = "ASPIRE_USER_SECRETS_ID";

    public static IUserSecretsManager Of(Assembly? appHost, IConfiguration configuration)
    {
        var id = configuration[IdKey] is { Length: > 0 } configured ? configured : appHost?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId;
        return string.IsNullOrWhiteSpace(id) ? new NoUserSecrets() : new UserSecretsFile(PathHelper.GetSecretsPathFromSecretsId(id));
    }
}
