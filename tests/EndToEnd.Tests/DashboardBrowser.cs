using Microsoft.Playwright;
using Shared.Browser;

namespace EndToEnd.Tests;

/// <summary>A browser that is logged in to the dashboard of an AppHost.</summary>
internal sealed class DashboardBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IBrowserContext _context;
    private readonly string _address;

    private DashboardBrowser(IPlaywright playwright, IBrowser browser, IBrowserContext context, string address)
    {
        _playwright = playwright;
        _browser = browser;
        _context = context;
        _address = address;
    }

    public static async Task<DashboardBrowser> OpenAsync(AppHostProcess host)
    {
        var login = new Uri((await host.WaitForOutputAsync(AppHostProcess.LoginLine())).Groups["url"].Value);
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        var address = login.GetLeftPart(UriPartial.Authority);
        var context = await Chromium.NewContextAsync(browser, Options(address));
        var page = await context.NewPageAsync();
        await PageWatch.OpenAsync(page, login.ToString());
        Assert.DoesNotContain("t=", page.Url, StringComparison.Ordinal);
        await page.CloseAsync();
        return new(playwright, browser, context, address);
    }

    /// <summary>Opens a page of the dashboard.</summary>
    public async Task<Visit> VisitAsync(string path)
    {
        var visit = new Visit(await _context.NewPageAsync());
        await visit.GoAsync(path);
        return visit;
    }

    /// <summary>Opens a page in a browser like the other one, but for what is configured.</summary>
    public async Task<Visit> VisitAsync(string path, Action<BrowserNewContextOptions> configure, Func<IPage, Task>? prepare = null)
    {
        var options = Options(_address);
        options.StorageState = await _context.StorageStateAsync();
        configure(options);
        var context = await Chromium.NewContextAsync(_browser, options);
        var page = await context.NewPageAsync();
        await (prepare?.Invoke(page) ?? Task.CompletedTask);
        var visit = new Visit(page, options.JavaScriptEnabled ?? true);
        await visit.GoAsync(path);
        return visit;
    }

    private static BrowserNewContextOptions Options(string address) =>
        new() { BaseURL = address, ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "en-GB", ColorScheme = ColorScheme.Light };

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
