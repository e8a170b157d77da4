using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Dashboard;

/// <summary>What a dashboard that runs alone prints when it has started, as the published one does.</summary>
internal static partial class ConsoleLines
{
    public static void Write(ILogger logger, DashboardHost dashboard, IConfiguration configuration)
    {
        var version = typeof(DashboardHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        Log.Version(logger, version);
        foreach (var url in dashboard.FrontendUrls)
        {
            Log.Frontend(logger, url);
        }

        if (dashboard.OtlpGrpcUrl is { } grpc)
        {
            Log.OtlpGrpc(logger, grpc);
        }

        if (dashboard.OtlpHttpUrl is { } http)
        {
            Log.OtlpHttp(logger, http);
        }

        if (dashboard.Options.IsOtlpUnsecured && !dashboard.Options.SuppressUnsecuredOtlpMessage)
        {
            Log.UnsecuredOtlp(logger);
        }

        var hidden = bool.TryParse(configuration["ASPIRE_DASHBOARD_SUPPRESS_BROWSER_TOKEN_IN_OUTPUT"], out var suppress) && suppress;
        if (dashboard.Options.BrowserToken is { } token && !hidden && (dashboard.Options.PublicUrl ?? (dashboard.FrontendUrls.Count > 0 ? dashboard.FrontendUrls[0] : null)) is { } shown)
        {
            var login = $"{shown.TrimEnd('/')}/login?t={Uri.EscapeDataString(token)}";
            Log.Login(logger, login);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 0, Level = LogLevel.Information, Message = "Aspire version: {Version}")]
        public static partial void Version(ILogger logger, string version);

        [LoggerMessage(EventId = 0, Level = LogLevel.Information, Message = "Now listening on: {DashboardUri}")]
        public static partial void Frontend(ILogger logger, string dashboardUri);

        [LoggerMessage(EventId = 0, Level = LogLevel.Information, Message = "OTLP/gRPC listening on: {OtlpEndpointUri}")]
        public static partial void OtlpGrpc(ILogger logger, string otlpEndpointUri);

        [LoggerMessage(EventId = 0, Level = LogLevel.Information, Message = "OTLP/HTTP listening on: {OtlpEndpointUri}")]
        public static partial void OtlpHttp(ILogger logger, string otlpEndpointUri);

        [LoggerMessage(EventId = 0, Level = LogLevel.Warning, Message = "OTLP server is unsecured. Untrusted apps can send telemetry to the dashboard.")]
        public static partial void UnsecuredOtlp(ILogger logger);

        [LoggerMessage(EventId = 0, Level = LogLevel.Information, Message = "Login to the dashboard at {DashboardLoginUrl}")]
        public static partial void Login(ILogger logger, string dashboardLoginUrl);
    }
}
