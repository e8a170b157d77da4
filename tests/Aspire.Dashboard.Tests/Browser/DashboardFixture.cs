using Aspire.Dashboard.Tests.Browser;
using Microsoft.Playwright;
using Shared;
using Shared.Browser;

[assembly: AssemblyFixture(typeof(DashboardFixture))]

namespace Aspire.Dashboard.Tests.Browser;

/// <summary>One browser and one dashboard with an afternoon's telemetry in it, for all tests of the pages.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private DashboardHost? _dashboard;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal SampleHost Host { get; } = SampleHost.Create();

    internal SampleTelemetry Telemetry { get; private set; } = null!;

    internal DashboardHost Dashboard => _dashboard!;

    public string Url => _dashboard!.FrontendUrls[0].TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        var options = new DashboardOptions();
        options.FrontendUrls.Add("http://127.0.0.1:0");
        _dashboard = new DashboardHost(options, Host);
        await _dashboard.StartAsync();
        Telemetry = new(_dashboard.Telemetry);
        Telemetry.AddAfternoon();
    }

    internal async Task<PageSession> OpenAsync(string path = "/", bool script = true, ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        await StartBrowserAsync();
        var context = await Chromium.NewContextAsync(_browser!, new()
        {
            BaseURL = Url,
            JavaScriptEnabled = script,
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = height },
            TimezoneId = "Europe/Vienna",
            Locale = "en-GB",
            AcceptDownloads = true,
        });
        var session = new PageSession(context, await context.NewPageAsync());
        await session.GoAsync(path, script);
        return session;
    }

    /// <summary>The first test of a page does: the other tests of this assembly need no browser.</summary>
    private async Task StartBrowserAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_browser is not null)
            {
                return;
            }

            Tools.Require("chromium");
            _playwright = await Playwright.CreateAsync();
            _browser = await Chromium.LaunchAsync(_playwright);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_dashboard is not null)
        {
            await _dashboard.DisposeAsync();
        }

        _starting.Dispose();
    }
}
