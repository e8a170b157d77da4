using Microsoft.Playwright;

namespace Shared.Browser;

/// <summary>The browser of the tests, which waits as long as a busy machine may need: for what does become true it costs nothing.</summary>
internal static class Chromium
{
    private const float Patience = 60_000;

    private static readonly string[] s_flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        return playwright.Chromium.LaunchAsync(new() { ExecutablePath = Tools.Require("chromium"), Args = s_flags, Timeout = Patience });
    }

    public static async Task<IBrowserContext> NewContextAsync(IBrowser browser, BrowserNewContextOptions options)
    {
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return context;
    }
}
