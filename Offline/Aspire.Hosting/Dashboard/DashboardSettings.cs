using System.Security.Cryptography;
using Aspire.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dashboard;

/// <summary>Reads from the AppHost's configuration how its dashboard listens and whom it lets in.</summary>
internal static class DashboardSettings
{
    public const string OtlpGrpc = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    public const string OtlpHttp = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    private const string BrowserToken = "AppHost:BrowserToken";
    private const string OtlpApiKey = "AppHost:OtlpApiKey";
    private const string ApiKey = "AppHost:DashboardApiKey";
    private const string AllowUnsecuredTransport = "ASPIRE_ALLOW_UNSECURED_TRANSPORT";

    /// <exception cref="OptionsValidationException">An address is not secured and that is not allowed.</exception>
    public static DashboardOptions Read(IConfigurationManager configuration, DistributedApplicationOptions host)
    {
        var options = new DashboardOptions
        {
            OtlpGrpcUrl = Value(configuration, OtlpGrpc),
            OtlpHttpUrl = Value(configuration, OtlpHttp),
            BrowserToken = IsUnsecured(configuration) ? null : configuration[BrowserToken] ?? NewToken(),
        };
        foreach (var url in (configuration["ASPNETCORE_URLS"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            options.FrontendUrls.Add(url);
        }

        if (!host.AllowUnsecuredTransport && !IsTrue(configuration, AllowUnsecuredTransport))
        {
            // The first address alone, as published: the template's https profile has an http one beside it.
            RequireSecured("applicationUrl", options.FrontendUrls.FirstOrDefault());
            RequireSecured(OtlpGrpc, options.OtlpGrpcUrl);
            RequireSecured(OtlpHttp, options.OtlpHttpUrl);
            RequireSecured("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", Value(configuration, "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"));
        }

        if (!IsUnsecured(configuration))
        {
            options.OtlpApiKey = configuration[OtlpApiKey];
            options.ApiKey = configuration[ApiKey];
        }

        return options;
    }

    /// <summary>Makes the keys of the dashboard, which whoever builds the model may already ask for.</summary>
    public static void AddKeys(IConfigurationManager configuration, IUserSecretsManager secrets)
    {
        if (IsUnsecured(configuration))
        {
            return;
        }

        configuration[BrowserToken] = Value(configuration, "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN") ?? configuration[BrowserToken] ?? NewToken();

        // Kept in user secrets, so that a container that outlives this run still sends with the right key.
        secrets.GetOrSetSecret(configuration, OtlpApiKey, NewToken);
        secrets.GetOrSetSecret(configuration, ApiKey, NewToken);
    }

    /// <summary>A setting by its name, or by the one it had before.</summary>
    public static string? Value(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value
            ? value
            : configuration[name.Replace("ASPIRE_", "DOTNET_", StringComparison.Ordinal)] is { Length: > 0 } legacy ? legacy : null;

    public static bool IsTrue(IConfiguration configuration, string name) =>
        Value(configuration, name) is { } text && (text == "1" || (bool.TryParse(text, out var value) && value));

    private static void RequireSecured(string setting, string? url)
    {
        if (url is not null && url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            throw new OptionsValidationException(
                "TransportOptions",
                typeof(DashboardOptions),
                [$"The '{setting}' setting must be an https address unless the '{AllowUnsecuredTransport}' environment variable is set to true. This configuration is commonly set in the launch profile. See https://aka.ms/aspire/allowunsecuredtransport for more details."]);
        }
    }

    private static bool IsUnsecured(IConfiguration configuration) => IsTrue(configuration, "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS");

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
