using Microsoft.Playwright;
using Shared;

namespace EndToEnd.Tests;

/// <summary>The AppHost with redis-server behind it after three counted requests, and a browser that is logged in. Started by the first test that asks.</summary>
public sealed class CountedRun : IAsyncLifetime
{
    public const int Requests = 3;

    private static readonly string[] s_flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

    private AppHostProcess? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _context;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a page of the dashboard.</summary>
    internal async Task<Visit> VisitAsync(string path)
    {
        if (_context is null)
        {
            await StartAsync();
        }

        var visit = new Visit(await _context!.NewPageAsync());
        await visit.GoAsync(path);
        return visit;
    }

    private async Task StartAsync()
    {
        var chromium = Tools.Require("chromium");
        _host = AppHostProcess.Start(AppHostProcess.NewHome(), Stores.RedisServer());
        var dashboard = await _host.LoginAsync();
        var counter = await _host.CounterAsync(dashboard);
        await _host.FirstAnswerAsync(counter);
        for (var i = 1; i < Requests; i++)
        {
            await _host.Http.GetStringAsync(counter);
        }

        await _host.UntilAsync("the last request has its trace", async () =>
            (await _host.Http.GetStringAsync(new Uri(dashboard, $"/go/suggest?q={Requests}"))).Contains($"Request number {Requests}", StringComparison.Ordinal));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = s_flags });
        var context = await _browser.NewContextAsync(new() { BaseURL = dashboard.ToString(), ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "en-GB", ColorScheme = ColorScheme.Light });
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync((await _host.WaitForOutputAsync(AppHostProcess.LoginLine())).Groups["url"].Value);
        Assert.DoesNotContain("t=", page.Url, StringComparison.Ordinal);
        await page.CloseAsync();
        _context = context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
