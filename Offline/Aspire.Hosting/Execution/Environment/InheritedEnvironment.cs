using System.Collections;

namespace Aspire.Hosting.Execution;

/// <summary>What processes get from the environment of the AppHost: all but what speaks of the AppHost itself.</summary>
internal static class InheritedEnvironment
{
    private static readonly HashSet<string> s_own = new(StringComparer.OrdinalIgnoreCase)
    {
        "ASPNETCORE_URLS",
        "DOTNET_LAUNCH_PROFILE",
        "ASPNETCORE_ENVIRONMENT",
        "DOTNET_ENVIRONMENT",
        "ASPIRE_LOGLEVEL",
    };

    public static Dictionary<string, string> Read() => From(System.Environment.GetEnvironmentVariables());

    internal static Dictionary<string, string> From(IDictionary variables)
    {
        var inherited = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in variables)
        {
            if (variable is { Key: string name, Value: string value } && !IsOwn(name))
            {
                inherited[name] = value;
            }
        }

        return inherited;
    }

    private static bool IsOwn(string name) =>
        s_own.Contains(name)
        || name.StartsWith("DEBUG_SESSION", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DCP_", StringComparison.OrdinalIgnoreCase);
}
