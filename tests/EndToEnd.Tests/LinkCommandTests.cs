using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shared;
using Shared.Browser;
using static Shared.Browser.Expectations;

namespace EndToEnd.Tests;

/// <summary>The link in the dashboard, clicked in a real browser.</summary>
[Collection(nameof(NetworkTurns))]
public sealed partial class LinkCommandTests(LinkedApplication application)
{
    [Fact]
    public async Task Redis_CLI_Flush_counter_and_Show_link_show_their_results()
    {
        Tools.Require("chromium");
        var running = await application.StartAsync();
        var environment = (await LinkTool.RunAsync(running.Host.Home, "redis-server:redis", "env")).Output;
        var (port, password) = (Port().Match(environment).Groups[1].Value, Password().Match(environment).Groups[1].Value);
        await running.Host.Http.GetStringAsync(running.Counter);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await (await Chromium.NewContextAsync(browser, new() { ViewportSize = new() { Width = 1440, Height = 900 } })).NewPageAsync();
        await PageWatch.OpenAsync(page, (await running.Host.WaitForOutputAsync(LoginLine())).Groups["url"].Value);
        var dialog = page.Locator("dialog#dialog");
        var result = dialog.Locator(".result");
        async Task CloseAsync() => await dialog.Locator("button.close").ClickAsync();
        async Task OpenAsync(string resource, string command)
        {
            await PageWatch.OpenAsync(page, running.Dashboard.ToString());
            await page.Locator($"tr[data-key^='{resource}'] summary[title='More']").ClickAsync();
            await page.Locator($"tr[data-key^='{resource}'] .menu").GetByText(command, new() { Exact = true }).ClickAsync();
        }

        await OpenAsync("redis-server", "Redis CLI");
        await Expect(dialog.GetByLabel("Command")).ToHaveAttributeAsync("placeholder", "KEYS *");
        await dialog.GetByLabel("Command").FillAsync("MGET requests nosuch");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Redis CLI", Exact = true }).ClickAsync();
        await Expect(result).ToHaveTextAsync(new Regex("^1\\) \"[0-9]+\"\n2\\) \\(nil\\)\n$"));
        await CloseAsync();

        await OpenAsync("redis-server", "Flush counter");
        await Expect(dialog).ToContainTextAsync("Delete the count and all addresses?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Yes, flush counter" }).ClickAsync();
        await Expect(result).ToHaveTextAsync("(integer) 2\n");
        await CloseAsync();
        Assert.Contains("Total requests: 1\n", await running.Host.Http.GetStringAsync(running.Counter), StringComparison.Ordinal);

        await OpenAsync("counter", "Show link");
        await Expect(result).ToContainTextAsync($"PONG from redis (127.0.0.1:{port})");
        var link = await result.TextContentAsync() ?? "";
        Assert.Contains($"ConnectionStrings__redis=localhost:{port},password=********\nREDIS_HOST=localhost\nREDIS_PORT={port}\nREDIS_PASSWORD=********\n", link, StringComparison.Ordinal);
        Assert.Matches("\n127\\.0\\.0\\.1\tredis [0-9a-f]{12} redis-server\n", link);
        Assert.DoesNotContain(password, await page.ContentAsync(), StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("LINK_SCREENSHOT") is { Length: > 0 } file)
        {
            await page.ScreenshotAsync(new() { Path = file });
        }
    }

    [GeneratedRegex(@"^REDIS_PORT=(\d+)$", RegexOptions.Multiline)]
    private static partial Regex Port();

    [GeneratedRegex("^REDIS_PASSWORD=(.+)$", RegexOptions.Multiline)]
    private static partial Regex Password();

    [GeneratedRegex(@"Login to the dashboard at (?<url>http\S+/login\?t=[0-9a-f]{32})")]
    private static partial Regex LoginLine();
}
