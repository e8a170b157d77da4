using CounterService.Tests.Running;
using Microsoft.Playwright;
using Shared;
using Shared.Browser;
using static Shared.Browser.Expectations;

namespace CounterService.Tests;

/// <summary>The page, in a real browser.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private Store _store = null!;
    private Counter _counter = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        Tools.Require("chromium");
        _store = await Store.Of("redis-server").StartAsync();
        _counter = await Counter.StartAsync(_store.ConnectionString, [.. Counter.Patient, ("Counter__KnownProxies__0", "127.0.0.1"), ("DASHBOARD_URL", "http://localhost:15200")]);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_counter is not null)
        {
            await _counter.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 1100)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task The_page_is_clear_and_counts_up_live(ColorScheme scheme, int width)
    {
        for (var i = 0; i < 12; i++)
        {
            await _counter.CountAsync($"192.0.2.{i}");
        }

        await using var context = await Chromium.NewContextAsync(_browser, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
        var page = await context.NewPageAsync();
        var watch = new PageWatch(page);
        await PageWatch.OpenAsync(page, _counter.Address.ToString());

        Assert.Equal("13", await page.TextContentAsync("#total"));
        Assert.Equal(10, await page.Locator("#top tr").CountAsync());
        await page.Locator("#state.live").WaitForAsync();
        await _counter.CountAsync();
        await Expect(page.Locator("#total")).ToHaveTextAsync("14");
        await Expect(page).ToHaveTitleAsync("14 requests counted");

        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.Empty(await page.EvaluateAsync<string[]>(WeakContrasts));
        Assert.Empty(await page.EvaluateAsync<string[]>(Nameless));
        Assert.Empty(watch.Errors);
        if (Environment.GetEnvironmentVariable("COUNTER_TEST_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"counter-{scheme}-{width}.png".ToLowerInvariant()), FullPage = true });
        }
    }

    [Fact]
    public async Task The_page_is_complete_without_script_and_reached_by_keyboard()
    {
        await using var context = await Chromium.NewContextAsync(_browser, new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await PageWatch.OpenAsync(page, _counter.Address.ToString());

        Assert.Equal("1", await page.TextContentAsync("#total"));
        Assert.Equal("::ffff:127.0.0.1", await page.TextContentAsync("#top code"));
        Assert.NotEmpty((await page.GetAttributeAsync("#chart .line", "d"))!);

        List<string> reached = [];
        var links = await page.Locator("nav a").CountAsync();
        for (var i = 0; i < links; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.Locator(":focus").TextContentAsync() ?? "");
        }

        Assert.Equal(["Dashboard", "Count as JSON", "API description"], reached);
    }

    /// <summary>As when a network of the machine comes or goes, which it does with every container that starts.</summary>
    [Fact]
    public async Task The_page_gets_over_files_that_did_not_arrive_without_counting_again()
    {
        await using var context = await _browser.NewContextAsync();
        var page = await context.NewPageAsync();
        foreach (var file in (string[])["**/counter.js*", "**/counter.css*"])
        {
            await page.RouteAsync(file, route => route.AbortAsync("connectionaborted"), new() { Times = 2 });
        }

        await page.GotoAsync(_counter.Address.ToString());
        await page.Locator("#state.live").WaitForAsync(new() { Timeout = 60_000 });

        await Assertions.Expect(page.Locator("main")).ToHaveCSSAsync("display", "grid", new() { Timeout = 60_000 });
        Assert.Equal(1, await _counter.TotalAsync());
        await _counter.CountAsync();
        await Assertions.Expect(page.Locator("#total")).ToHaveTextAsync("2", new() { Timeout = 60_000 });
    }

    /// <summary>Texts whose contrast with what is behind them is less than WCAG's 4.5 (3 for large ones).</summary>
    private const string WeakContrasts = """
        () => {
          const parse = colour => { const c = document.createElement('canvas').getContext('2d'); c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
          const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
          return [...document.querySelectorAll('body *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.checkVisibility())
            .map(e => {
              const style = getComputedStyle(e), size = parseFloat(style.fontSize);
              const [a, b] = [light(parse(style.color)), light(behind(e))].sort((x, y) => y - x);
              const ratio = (a + .05) / (b + .05);
              return ratio >= (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5) ? '' : `${e.tagName} ${e.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`;
            })
            .filter(Boolean);
        }
        """;

    /// <summary>What a screen reader could not name.</summary>
    private const string Nameless = """
        () => [
          ...[...document.querySelectorAll('a, button, [role=img], nav, section')]
            .filter(e => !(e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby') ?? '')?.textContent || (e.matches('a, button') && e.textContent.trim())))
            .map(e => e.outerHTML.slice(0, 80)),
          ...(document.documentElement.lang && document.title && document.querySelectorAll('h1').length === 1 && document.querySelectorAll('main').length === 1 ? [] : ['document']),
        ]
        """;
}
