#pragma warning disable SYSLIB1006 // The published lines all have event id 0.
using System.Text;
using Aspire.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Runs the dashboard in the AppHost's process and says on the console where it is.</summary>
internal sealed partial class DashboardService(
    IConfigurationManager configuration,
    DistributedApplicationOptions options,
    HostResourceService resources,
    ILogger<DistributedApplication> logger,
    ILoggerFactory loggers) : IHostedLifecycleService, IAsyncDisposable
{
    private const string AnyUrl = "http://localhost:0";

    private readonly DashboardTrust _trust = new();
    private DashboardHost? _dashboard;
    private Task _starting = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var dashboardOptions = DashboardSettings.Read(configuration, options);
        if (dashboardOptions.FrontendUrls.Count == 0)
        {
            Log.DynamicUrl(logger);
            dashboardOptions.FrontendUrls.Add(AnyUrl);
        }

        if (dashboardOptions.OtlpGrpcUrl is null && dashboardOptions.OtlpHttpUrl is null)
        {
            dashboardOptions.OtlpGrpcUrl = AnyUrl;
        }

        _dashboard = new DashboardHost(dashboardOptions, resources, configuration, loggers);

        if (OperatingSystem.IsLinux() && (IsSecured(dashboardOptions.OtlpGrpcUrl) || IsSecured(dashboardOptions.OtlpHttpUrl)))
        {
            configuration[DashboardTrust.Setting] = _trust.Add(_dashboard.GetCertificatePem());
        }

        // Its start overlaps with that of the resources, unless they need to be told a port that is only known after it.
        _starting = Task.Run(() => RunAsync(_dashboard, cancellationToken), cancellationToken);
        if (HasPortZero(dashboardOptions.OtlpGrpcUrl) || HasPortZero(dashboardOptions.OtlpHttpUrl))
        {
            await _starting.ConfigureAwait(false);
            configuration[DashboardSettings.OtlpGrpc] = _dashboard.OtlpGrpcUrl;
            configuration[DashboardSettings.OtlpHttp] = _dashboard.OtlpHttpUrl;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => _starting;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Last of all, so that the resources' last telemetry and states still arrive.
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_dashboard is not null)
        {
            await _starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _dashboard.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        _trust.Dispose();
        return _dashboard?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static bool IsSecured(string? url) => url is not null && url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool HasPortZero(string? url) => url is not null && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Port == 0;

    private async Task RunAsync(DashboardHost dashboard, CancellationToken cancellationToken)
    {
        try
        {
            await dashboard.StartAsync(cancellationToken).ConfigureAwait(false);
            Announce(dashboard);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The resources run without it.
            Log.NotStarted(logger, exception.Message);
        }
    }

    private void Announce(DashboardHost dashboard)
    {
        var url = (dashboard.FrontendUrls.FirstOrDefault(IsSecured) ?? dashboard.FrontendUrls[0]).TrimEnd('/');
        var token = DashboardSettings.IsTrue(configuration, "ASPIRE_DASHBOARD_SUPPRESS_BROWSER_TOKEN_IN_OUTPUT") ? null : dashboard.Options.BrowserToken;
        var login = token is null ? null : $"{url}/login?t={token}";
        Log.Listening(logger, url);
        if (login is not null)
        {
            Log.Login(logger, login);
        }

        var summary = new StringBuilder().AppendLine("Aspire Dashboard").AppendLine();
        Append("Dashboard:  ", url);
        Append("Login URL:  ", login);
        Append("OTLP/gRPC:  ", dashboard.OtlpGrpcUrl?.TrimEnd('/'));
        Append("OTLP/HTTP:  ", dashboard.OtlpHttpUrl?.TrimEnd('/'));
        Log.Summary(logger, summary.ToString());

        void Append(string label, string? value)
        {
            if (value is not null)
            {
                summary.Append("      - ").Append(label).AppendLine(value);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Information, "Now listening on: {DashboardUrl}")]
        public static partial void Listening(ILogger logger, string dashboardUrl);

        [LoggerMessage(0, LogLevel.Information, "Login to the dashboard at {LoginUrl}")]
        public static partial void Login(ILogger logger, string loginUrl);

        [LoggerMessage(0, LogLevel.Information, "{Summary}")]
        public static partial void Summary(ILogger logger, string summary);

        [LoggerMessage(0, LogLevel.Information, "Generating a dynamic url for dashboard.  If you want a consistent url, configure `ASPNETCORE_URLS`")]
        public static partial void DynamicUrl(ILogger logger);

        [LoggerMessage(0, LogLevel.Error, "The dashboard could not be started: {Reason}")]
        public static partial void NotStarted(ILogger logger, string reason);
    }
}
