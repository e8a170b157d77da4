using Microsoft.Extensions.Configuration;

namespace Aspire.Dashboard;

/// <summary>How a dashboard listens and whom it lets in. Secrets come in here and are never logged.</summary>
public sealed class DashboardOptions
{
    /// <summary>Where the pages are served, such as <c>http://localhost:18888</c>; port 0 takes a free one.</summary>
    public IList<string> FrontendUrls { get; } = [];

    /// <summary>Where OTLP/gRPC is taken, such as <c>http://localhost:18889</c>; null for nowhere.</summary>
    public string? OtlpGrpcUrl { get; set; }

    /// <summary>Where OTLP/HTTP is taken, such as <c>http://localhost:18890</c>; null for nowhere.</summary>
    public string? OtlpHttpUrl { get; set; }

    /// <summary>The token of the login page; null lets everyone in (unsecured).</summary>
    public string? BrowserToken { get; set; }

    /// <summary>The key senders of telemetry must show in <c>x-otlp-api-key</c>; null takes telemetry from everyone.</summary>
    public string? OtlpApiKey { get; set; }

    /// <summary>A second key that is taken as well.</summary>
    public string? OtlpSecondaryApiKey { get; set; }

    /// <summary>The key of the telemetry API, shown in <c>X-API-Key</c>; null closes the API unless the dashboard is unsecured.</summary>
    public string? ApiKey { get; set; }

    /// <summary>A second key that is taken as well.</summary>
    public string? ApiSecondaryKey { get; set; }

    /// <summary>Whether the telemetry API asks for no key.</summary>
    public bool ApiUnsecured { get; set; }

    /// <summary>Whether there is a telemetry API at all.</summary>
    public bool ApiEnabled { get; set; } = true;

    /// <summary>The address users reach the pages under when that is not the one they are served on.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Host names, beside loopback names, addresses and this machine's own, under which the pages answer; <c>*</c> for any.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Origins of pages that may send OTLP/HTTP from a browser.</summary>
    public IList<string> OtlpAllowedOrigins { get; } = [];

    /// <summary>Headers those may send beside the usual ones.</summary>
    public IList<string> OtlpAllowedHeaders { get; } = [];

    /// <summary>Whether an unsecured OTLP endpoint goes without a banner.</summary>
    public bool SuppressUnsecuredOtlpMessage { get; set; }

    /// <summary>Console lines kept of each resource by pages.</summary>
    public int MaxConsoleLogCount { get; set; } = 10_000;

    /// <summary>Whether telemetry can't be imported.</summary>
    public bool DisableImport { get; set; }

    /// <summary>Whether the pages leave out the graph of resources.</summary>
    public bool DisableResourceGraph { get; set; }

    /// <summary>Whether everyone may use the pages.</summary>
    public bool IsUnsecured => BrowserToken is null;

    /// <summary>Whether everyone may send telemetry.</summary>
    public bool IsOtlpUnsecured => OtlpApiKey is null;

    /// <summary>
    /// The options of a dashboard on its own, from the published configuration names. Without a browser token one is made,
    /// unless <c>ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS</c> or <c>Dashboard:Frontend:AuthMode=Unsecured</c> says otherwise.
    /// </summary>
    /// <exception cref="InvalidOperationException">A value makes no sense; the message names its key.</exception>
    public static DashboardOptions FromConfiguration(IConfiguration configuration) => DashboardConfiguration.Read(configuration);
}
