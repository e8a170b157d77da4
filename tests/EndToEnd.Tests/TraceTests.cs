using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shared;

namespace EndToEnd.Tests;

/// <summary>The dashboard explains every counted request, in a real browser.</summary>
public partial class TraceTests
{
    private static readonly string[] s_flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

    [Fact]
    public async Task Three_counted_requests_are_three_traces_with_a_request_span_and_a_span_of_redis()
    {
        var chromium = Tools.Require("chromium");
        var home = AppHostProcess.NewHome();
        await using var host = AppHostProcess.Start(home, Stores.RedisServer());
        var dashboard = await host.LoginAsync();
        var counter = await host.CounterAsync(dashboard);
        await host.FirstAnswerAsync(counter);
        await host.Http.GetStringAsync(counter);
        await host.Http.GetStringAsync(counter);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = s_flags });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        page.SetDefaultTimeout(60_000);
        List<string> errors = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };

        var login = (await host.WaitForOutputAsync(LoginLine())).Groups["url"].Value;
        await page.GotoAsync(login);
        Assert.DoesNotContain("t=", page.Url, StringComparison.Ordinal);
        await page.GotoAsync(new Uri(dashboard, "/traces").ToString());
        var traces = page.Locator("a[href*='/traces/detail/']").Filter(new() { HasText = "GET" });
        await Assertions.Expect(traces).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        await traces.First.ClickAsync();
        await page.WaitForURLAsync("**/traces/detail/**");

        var waterfall = page.GetByRole(AriaRole.Main);
        await Assertions.Expect(waterfall).ToContainTextAsync("counter");
        await Assertions.Expect(waterfall).ToContainTextAsync("redis-server");
        Assert.Empty(errors);
    }

    [GeneratedRegex(@"Login to the dashboard at (?<url>http\S+/login\?t=[0-9a-f]{32})")]
    private static partial Regex LoginLine();
}
