using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Dashboard;

/// <summary>Reads <see cref="DashboardOptions"/> from the configuration names of the published dashboard.</summary>
internal static class DashboardConfiguration
{
    public static DashboardOptions Read(IConfiguration configuration)
    {
        var open = IsTrue(configuration, "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "DOTNET_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS");
        var options = new DashboardOptions
        {
            OtlpGrpcUrl = First(configuration, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_ENDPOINT_URL", "Dashboard:Otlp:GrpcEndpointUrl"),
            OtlpHttpUrl = First(configuration, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "Dashboard:Otlp:HttpEndpointUrl"),
            BrowserToken = open || ReadMode(configuration, "Dashboard:Frontend:AuthMode", "BrowserToken", "Unsecured") == "Unsecured"
                ? null
                : First(configuration, "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN", "DOTNET_DASHBOARD_FRONTEND_BROWSERTOKEN", "Dashboard:Frontend:BrowserToken")
                    ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            PublicUrl = First(configuration, "Dashboard:Frontend:PublicUrl"),
            SuppressUnsecuredOtlpMessage = IsTrue(configuration, "Dashboard:Otlp:SuppressUnsecuredMessage"),
            DisableImport = IsTrue(configuration, "Dashboard:UI:DisableImport"),
            DisableResourceGraph = IsTrue(configuration, "Dashboard:UI:DisableResourceGraph"),
            ApiEnabled = !IsTrue(configuration, "ASPIRE_DASHBOARD_API_DISABLED")
                && (First(configuration, "ASPIRE_DASHBOARD_API_ENABLED", "Dashboard:Api:Enabled") is not { } enabled || IsTrue("Dashboard:Api:Enabled", enabled)),
        };

        Apply(options, configuration);
        ReadKeys(options, configuration, open);
        foreach (var url in Split(First(configuration, "ASPNETCORE_URLS", "URLS", "Dashboard:Frontend:EndpointUrls") ?? "http://localhost:18888"))
        {
            options.FrontendUrls.Add(url);
        }

        if (options.OtlpGrpcUrl is null && options.OtlpHttpUrl is null)
        {
            options.OtlpGrpcUrl = "http://localhost:18889";
            options.OtlpHttpUrl = "http://localhost:18890";
        }

        return options;
    }

    /// <summary>What a host that fills in addresses and secrets itself still takes from its configuration.</summary>
    public static void Apply(DashboardOptions options, IConfiguration configuration)
    {
        AddAll(options.AllowedHosts, First(configuration, "AllowedHosts", "ASPNETCORE_ALLOWEDHOSTS"), ';');
        AddAll(options.OtlpAllowedOrigins, First(configuration, "Dashboard:Otlp:Cors:AllowedOrigins"), ',');
        AddAll(options.OtlpAllowedHeaders, First(configuration, "Dashboard:Otlp:Cors:AllowedHeaders"), ',');
        if (First(configuration, "Dashboard:Frontend:MaxConsoleLogCount") is { } count)
        {
            options.MaxConsoleLogCount = int.TryParse(count, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new InvalidOperationException($"Dashboard:Frontend:MaxConsoleLogCount must be a positive number, not '{count}'.");
        }
    }

    private static void ReadKeys(DashboardOptions options, IConfiguration configuration, bool open)
    {
        options.OtlpApiKey = First(configuration, "Dashboard:Otlp:PrimaryApiKey");
        options.OtlpSecondaryApiKey = First(configuration, "Dashboard:Otlp:SecondaryApiKey");
        var mode = open ? "Unsecured" : ReadMode(configuration, "Dashboard:Otlp:AuthMode", options.OtlpApiKey is null ? "Unsecured" : "ApiKey", "ApiKey", "Unsecured");
        if (mode == "Unsecured")
        {
            options.OtlpApiKey = options.OtlpSecondaryApiKey = null;
        }
        else if (options.OtlpApiKey is null)
        {
            throw new InvalidOperationException("PrimaryApiKey is required when OTLP authentication mode is API key. Specify a Dashboard:Otlp:PrimaryApiKey value.");
        }

        options.ApiKey = First(configuration, "Dashboard:Api:PrimaryApiKey");
        options.ApiSecondaryKey = First(configuration, "Dashboard:Api:SecondaryApiKey");
        if (ReadMode(configuration, "Dashboard:Api:AuthMode", "ApiKey", "Unsecured") == "Unsecured" || open)
        {
            options.ApiKey = options.ApiSecondaryKey = null;
            options.ApiUnsecured = true;
        }
    }

    private static string ReadMode(IConfiguration configuration, string key, params ReadOnlySpan<string> modes)
    {
        var text = First(configuration, key);
        foreach (var mode in modes)
        {
            if (text is null || string.Equals(mode, text, StringComparison.OrdinalIgnoreCase))
            {
                return mode;
            }
        }

        throw new InvalidOperationException($"{key} is '{text}', but this dashboard knows {string.Join(" and ", modes.ToArray())} only.");
    }

    private static string? First(IConfiguration configuration, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (configuration[key] is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return value.Trim();
            }
        }

        return null;
    }

    private static bool IsTrue(IConfiguration configuration, params ReadOnlySpan<string> keys) =>
        First(configuration, keys) is { } text && IsTrue(keys[0], text);

    private static bool IsTrue(string key, string text) => text switch
    {
        "1" => true,
        "0" => false,
        _ => bool.TryParse(text, out var value) ? value : throw new InvalidOperationException($"{key} must be true or false, not '{text}'."),
    };

    private static void AddAll(IList<string> list, string? text, char separator)
    {
        foreach (var item in Split(text ?? "", separator))
        {
            list.Add(item);
        }
    }

    private static string[] Split(string text, char separator = ';') =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
