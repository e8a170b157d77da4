using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Shared.Browser.Expectations;

namespace EndToEnd.Tests;

/// <summary>What a user does on the dashboard of the real AppHost, on every page of it: filters, waits, removes, reads it on a phone and without script.</summary>
[Collection(nameof(NetworkTurns))]
public sealed class DashboardUseTests(CountedRun run)
{
    private static readonly (string Path, string Text)[] s_pages =
    [
        ("/", "CounterService.csproj"), ("/?view=Graph", "redis-server"), ("/?view=Parameters", "No parameters"), ("/?resource=counter", "REDIS_HOST"), ("/?resource=redis-server", "Volumes"),
        ("/consolelogs", "Console logs"), ("/consolelogs/resource/counter", "Console logs"), ("/structuredlogs", "Application started"), ("/structuredlogs?level=Error", "No log record matches"),
        ("/traces", "GET"), ("/traces?view=Map", "redis-server"), ("/traces?q=GET", "GET"), ("/metrics", "http.server.request.duration"), ("/metrics/resource/counter", "http.server.request.duration"),
        ("/settings", "Dark"), ("/help", "Keyboard"), ("/data", "Received"), ("/notifications", "Notifications"), ("/commands/redis-server/redis-cli", "Command"), ("/commands/redis-server/flush-counter", "flush"),
        ("/traces/detail/0123456789abcdef0123456789abcdef", "This trace is not here"),
    ];

    [Fact]
    public async Task Resources_are_filtered_by_state_and_by_health()
    {
        await using var visit = await run.VisitAsync("/");
        foreach (var filter in (string[])["Hide Running", "Hide Healthy"])
        {
            await Expect(visit.Find("main tbody tr")).ToHaveCountAsync(2);
            await visit.Find("summary", "Filter").ClickAsync();
            await visit.Page.GetByLabel(filter).CheckAsync();
            await Expect(visit.Find(".empty")).ToContainTextAsync("No resource matches");
            await visit.Find(".empty a").ClickAsync();
        }
    }

    [Fact]
    public async Task Details_show_the_volume_the_health_and_who_refers_to_the_store()
    {
        await using var visit = await run.VisitAsync("/?resource=redis-server");

        await Expect(visit.Find(".panel .section", "Volumes")).ToContainTextAsync("/data");
        await Expect(visit.Find(".panel .section", "Health checks")).ToContainTextAsync("Healthy");
        await Expect(visit.Find(".panel .section", "Referenced by")).ToContainTextAsync(new Regex("counter.* as redis"));
        await Expect(visit.Find(".panel .section", "URLs").Locator(".value").First).ToHaveTextAsync(new Regex(@"^redis://localhost:\d+$"));
    }

    [Fact]
    public async Task A_command_that_takes_its_time_shows_that_it_runs()
    {
        await using var waiting = await run.VisitAsync("/commands/redis-server/redis-cli");
        await using var other = await run.VisitAsync("/commands/redis-server/redis-cli");

        // A command of the dashboard has ten seconds: what ends it is written before.
        await waiting.Page.GetByLabel("Command").FillAsync("BLPOP not-there-yet 60");
        await other.Page.GetByLabel("Command").FillAsync("RPUSH not-there-yet now");
        await Run(waiting).ClickAsync();
        await Expect(waiting.Find("form[aria-busy=true]")).ToHaveCountAsync(1);
        await Expect(Run(waiting)).ToBeDisabledAsync();
        await Run(other).ClickAsync();

        await Expect(waiting.Find("#dialog .result")).ToContainTextAsync("now");
        await Expect(waiting.Find("form[aria-busy]")).ToHaveCountAsync(0);

        static ILocator Run(Visit visit) => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Redis CLI" });
    }

    [Fact]
    public async Task Every_page_is_live_and_stands_still_while_it_is_paused()
    {
        await using var visit = await run.VisitAsync("/traces");
        var trace = await visit.Find("main tbody .row-link").First.GetAttributeAsync("href") ?? "";
        foreach (var path in (string[])["/", "/?view=Graph", "/consolelogs", "/structuredlogs", "/traces", "/traces?view=Map", trace, "/metrics/resource/counter", "/data"])
        {
            await visit.GoAsync(path);
            var received = visit.Find(".strip dl", "Spans").Locator("b").First;
            await Expect(visit.Find("#live-state")).ToHaveTextAsync("Live");
            await visit.Page.Keyboard.PressAsync("p");
            await Expect(visit.Find("#live-state")).ToHaveTextAsync("Paused");
            var before = await received.TextContentAsync() ?? "";

            await run.CountAsync();
            await visit.Page.WaitForTimeoutAsync(500);
            await Expect(received).ToHaveTextAsync(before);
            await visit.Page.Keyboard.PressAsync("p");
            await Expect(received).Not.ToHaveTextAsync(before);
            await Expect(visit.Find("#live-state")).ToHaveTextAsync("Live");
        }
    }

    [Theory]
    [InlineData(390)]
    [InlineData(860)]
    public async Task Every_page_fits_a_phone_and_half_a_screen(int width)
    {
        await using var visit = await run.VisitAsync("/", options => options.ViewportSize = new() { Width = width, Height = 844 });
        foreach (var path in await PathsAsync(visit))
        {
            await visit.GoAsync(path);
            Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than {width} pixels.");
        }

        await visit.GoAsync("/?resource=counter");
        var panel = await visit.Find(".panel").BoundingBoxAsync();
        Assert.True(panel?.Width >= width - 100, "The details have no room.");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(860)]
    [InlineData(1440)]
    public async Task Menus_open_within_the_window(int width)
    {
        await using var visit = await run.VisitAsync("/", options => options.ViewportSize = new() { Width = width, Height = 844 });
        foreach (var path in (string[])["/", "/consolelogs", "/structuredlogs", "/traces", "/metrics/resource/counter"])
        {
            await visit.GoAsync(path);
            var menus = visit.Find("details.popover");
            for (var i = await menus.CountAsync() - 1; i >= 0; i--)
            {
                await menus.Nth(i).Locator("summary").ClickAsync();
                var menu = await menus.Nth(i).Locator(".pop").BoundingBoxAsync();
                Assert.True(menu is { X: >= 0, Y: >= 0 } && menu.X + menu.Width <= width && menu.Y + menu.Height <= 844, $"{path}: menu {i} is at {menu?.X}, {menu?.Y}, {menu?.Width} x {menu?.Height} of {width} x 844.");
                await visit.Page.Keyboard.PressAsync("Escape");
            }
        }
    }

    [Fact]
    public async Task Every_page_shows_what_it_is_about_without_script()
    {
        await using var visit = await run.VisitAsync("/", options => options.JavaScriptEnabled = false);
        foreach (var (path, text) in s_pages)
        {
            await visit.GoAsync(path);
            await Expect(visit.Find("main")).ToContainTextAsync(text);
            await Expect(visit.Find(".strip")).ToContainTextAsync("received");
        }

        await visit.GoAsync("/consolelogs");
        await Expect(visit.Find("#console .line", "Ready to accept connections").First).ToBeVisibleAsync();
        await visit.GoAsync("/traces");
        await visit.Page.GetByPlaceholder("Name or trace id").FillAsync("count batch");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(visit.Find("main tbody tr", "GET")).ToHaveCountAsync(0);
        await visit.Find("main tbody tr .row-link").First.ClickAsync();
        await visit.Find(".wf-link").First.ClickAsync();
        await Expect(visit.Find(".panel")).ToContainTextAsync("counter.batch.sequence");
        await visit.Find("#jump").FillAsync("3");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Find(".panel .facts > div", "counter.number").Locator(".value")).ToHaveTextAsync("3");
    }

    [Theory]
    [InlineData("Asia/Kathmandu", 20_000)]
    [InlineData("America/St_Johns", -20_000)]
    public async Task Times_are_those_of_the_viewers_zone_however_wrong_the_viewers_clock_is(string zone, int hours)
    {
        await using var visit = await run.VisitAsync("/traces", options => options.TimezoneId = zone, page => page.Clock.SetSystemTimeAsync(DateTime.UtcNow.AddHours(hours)));
        Assert.InRange(await visit.Page.EvaluateAsync<double>("Date.now()") - DateTime.UtcNow.AddHours(hours).Subtract(DateTime.UnixEpoch).TotalMilliseconds, -600_000, 600_000);
        foreach (var path in (string[])["/traces", "/structuredlogs", "/consolelogs/resource/counter", "/"])
        {
            await visit.GoAsync(path);
            var time = visit.Find("#console .line time, main tbody time").First;
            await Expect(time).ToContainTextAsync(Local(await TimeAsync(time)).ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        }

        // What is live, and what ages, goes by the dashboard's clock.
        await visit.GoAsync("/traces");
        await run.CountAsync();
        await Expect(visit.Find("main tbody tr", "GET")).ToHaveCountAsync(run.Requests);
        await visit.GoAsync("/metrics/resource/counter?meter=Microsoft.AspNetCore.Hosting&instrument=http.server.request.duration");
        await Expect(visit.Find(".chart .line")).ToHaveCountAsync(3);
        await visit.GoAsync("/consolelogs");
        var before = Local(DateTimeOffset.UtcNow.AddMinutes(-1));
        await visit.Page.Keyboard.PressAsync("p");
        await visit.Page.Keyboard.PressAsync("p");
        var mark = await visit.Find("#console .mark").TextContentAsync() ?? "";
        var paused = TimeOnly.Parse(mark.Split(' ')[2], CultureInfo.InvariantCulture);
        Assert.InRange(paused - TimeOnly.FromDateTime(before.DateTime), TimeSpan.Zero, TimeSpan.FromMinutes(5));

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone));
    }

    [Fact]
    public async Task Times_are_written_as_the_settings_say()
    {
        await using var visit = await run.VisitAsync("/settings", options => options.TimezoneId = "Asia/Tokyo");
        foreach (var (setting, written, offset) in ((string, string, int)[])[("UTC", "HH:mm:ss", 0), ("12 hours", "hh:mm:ss", 9), ("24 hours", "HH:mm:ss", 9)])
        {
            await visit.GoAsync("/settings");
            await visit.Page.GetByLabel(setting).CheckAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(visit.Find("html")).ToHaveAttributeAsync("data-clock", setting.Split(' ')[0].ToLowerInvariant());
            await visit.GoAsync("/structuredlogs");
            var time = visit.Find("main tbody time").First;
            await Expect(time).ToContainTextAsync((await TimeAsync(time)).ToOffset(TimeSpan.FromHours(offset)).ToString(written, CultureInfo.InvariantCulture));
            await Expect(time).ToHaveTextAsync(new Regex(setting == "12 hours" ? " [ap]m$" : @"\.\d{3}$"));
        }
    }

    [Fact]
    public async Task Console_lines_lose_and_get_back_their_times_wrap_are_paused_downloaded_and_cleared()
    {
        await using var visit = await run.VisitAsync("/consolelogs/resource/redis-server");
        var line = visit.Find("#console .line", "Ready to accept connections");
        await Expect(line).ToHaveCountAsync(1);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Timestamps" }).ClickAsync();
        await Expect(line.Locator("time")).ToBeHiddenAsync();
        await visit.Page.ReloadAsync();
        await Expect(line.Locator("time")).ToBeHiddenAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Timestamps" }).ClickAsync();
        await Expect(line.Locator("time")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Wrap long lines" }).ClickAsync();
        Assert.Equal("pre", await line.Locator(".text").EvaluateAsync<string>("e => getComputedStyle(e).whiteSpace"));

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Download the lines" }).ClickAsync());
        Assert.Contains("Ready to accept connections", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("p");
        await visit.Page.Keyboard.PressAsync("p");
        await Expect(visit.Find("#console .mark")).ToContainTextAsync("Paused between");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the lines" }).ClickAsync();
        await Expect(visit.Find("#console .line")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Traces_are_filtered_by_name_type_field_and_a_range_of_durations()
    {
        await using var visit = await run.VisitAsync("/traces");
        var rows = visit.Find("main tbody tr");

        await visit.Page.GetByPlaceholder("Name or trace id").FillAsync("count batch");
        await Expect(visit.Find("main tbody tr", "GET")).ToHaveCountAsync(0);
        await visit.Page.GetByPlaceholder("Name or trace id").FillAsync("");
        await Expect(visit.Find("main tbody tr", "GET")).ToHaveCountAsync(run.Requests);
        await visit.Page.GetByLabel("Type").SelectOptionAsync("Messaging");
        await Expect(visit.Find(".empty")).ToContainTextAsync("No trace matches");
        await visit.Page.GetByLabel("Type").SelectOptionAsync("Http");
        await visit.Find("summary", "Add filter").ClickAsync();
        await visit.Page.GetByLabel("Field").FillAsync("counter.number");
        await visit.Page.GetByLabel("Value").FillAsync("2");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add filter" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);

        await visit.GoAsync("/traces");
        await visit.Find("[data-histogram] a[data-min]").Last.ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("min="));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "All durations" }).ClickAsync();
        await Expect(visit.Find("main tbody tr", "GET")).ToHaveCountAsync(run.Requests);
    }

    [Fact]
    public async Task A_range_of_durations_is_picked_by_dragging_over_the_histogram()
    {
        await using var visit = await run.VisitAsync("/traces");
        var columns = await visit.Find("[data-histogram]").BoundingBoxAsync();
        Assert.NotNull(columns);

        await visit.Page.Mouse.MoveAsync(columns.X + (columns.Width * 0.75f), columns.Y + 20);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(columns.X + (columns.Width * 0.9f), columns.Y + 20, new() { Steps = 8 });
        await visit.Page.Mouse.UpAsync();

        await Expect(visit.Page).ToHaveURLAsync(new Regex("min=.*us&max=.*us"));
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "All durations" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Structured_logs_are_filtered_by_level_and_field_and_back_undoes_it()
    {
        await using var visit = await run.VisitAsync("/structuredlogs");
        await Expect(visit.Find("main tbody tr", "Application started")).ToHaveCountAsync(1);

        await visit.Page.GetByLabel("Least level").SelectOptionAsync("Warning");
        await Expect(visit.Find("main tbody tr", "Application started")).ToHaveCountAsync(0);
        await visit.Page.GoBackAsync();
        await Expect(visit.Find("main tbody tr", "Application started")).ToHaveCountAsync(1);
        await visit.Find("summary", "Add filter").ClickAsync();
        await visit.Page.GetByLabel("Field").FillAsync("EnvName");
        await visit.Page.GetByLabel("Value").FillAsync("Development");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add filter" }).ClickAsync();
        await Expect(visit.Find("main tbody tr")).ToHaveCountAsync(1);
        await Expect(visit.Find("main tbody tr")).ToContainTextAsync("Hosting environment: Development");
    }

    [Fact]
    public async Task Metrics_are_narrowed_to_a_dimension_and_an_exemplar_opens_its_trace()
    {
        await using var visit = await run.VisitAsync("/metrics/resource/counter?meter=Microsoft.AspNetCore.Hosting&instrument=http.server.request.duration");

        await visit.Page.GetByLabel("Time range").SelectOptionAsync("15");
        await visit.Page.GetByLabel("http.request.method").SelectOptionAsync("=GET");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("duration=15.*d.http.request.method=%3DGET"));
        await Expect(visit.Find(".chart .line")).ToHaveCountAsync(3);
        await visit.Find("a.exemplar").First.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/traces/detail/"));
        await Expect(visit.Find(".wf-row[data-key]").First).ToContainTextAsync("counter");
    }

    [Fact]
    public async Task Keys_lead_through_the_pages_and_values_are_copied()
    {
        await using var visit = await run.VisitAsync("/");
        foreach (var (key, heading) in ((string, string)[])[("c", "Console logs"), ("s", "Structured logs"), ("t", "Traces"), ("m", "Metrics"), ("r", "Resources")])
        {
            await visit.Page.Keyboard.PressAsync(key);
            await Expect(visit.Find("main h1")).ToHaveTextAsync(heading);
        }

        await visit.Page.Keyboard.PressAsync("?");
        await Expect(visit.Find("#dialog")).ToContainTextAsync("Keyboard");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.Find("main tbody tr[data-key^='redis-server-'] .row-link").ClickAsync();
        await visit.Find(".panel .facts > div", "redis://").First.HoverAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the URL" }).ClickAsync();
        await Expect(visit.Find(".toast")).ToHaveTextAsync("Copied.");
        Assert.StartsWith("redis://localhost:", await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_palette_leads_to_a_resource_a_page_and_a_trace()
    {
        await using var visit = await run.VisitAsync("/traces");
        var trace = new Uri(visit.Page.Url, UriKind.Absolute).GetLeftPart(UriPartial.Authority) + await visit.Find("main tbody .row-link").First.GetAttributeAsync("href");

        foreach (var (text, address) in ((string, string)[])[("redis-server", "resource=redis-server"), ("service map", "view=Map"), (trace[^32..], trace)])
        {
            await visit.Page.Keyboard.PressAsync("Control+k");
            await visit.Find("#jump").FillAsync(text);
            await visit.Page.Keyboard.PressAsync("Enter");
            await Expect(visit.Page).ToHaveURLAsync(new Regex(Regex.Escape(address)));
        }
    }

    [Fact]
    public async Task A_resource_is_downloaded_as_json_and_as_env_file()
    {
        await using var visit = await run.VisitAsync("/");
        foreach (var (name, expected) in ((string, string)[])[("Download as JSON", "\"counter-"), ("Download .env", "REDIS_HOST=localhost")])
        {
            await visit.Find("main tbody tr[data-key^='counter-'] summary[title='More']").ClickAsync();
            var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Find("main tbody tr[data-key^='counter-'] .menu a", name).ClickAsync());
            Assert.Contains(expected, await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Spans_of_a_counted_request_collapse()
    {
        await using var visit = await run.VisitAsync("/traces");
        await visit.Find("main tbody tr", "GET").Locator(".row-link").First.ClickAsync();
        await Expect(visit.Find(".wf-row[data-key]")).Not.ToHaveCountAsync(1);

        await visit.Find(".wf-row .toggle[href]").First.ClickAsync();

        await Expect(visit.Find(".wf-row[data-key]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Logs_and_traces_are_exported_removed_and_imported_again()
    {
        await using var visit = await run.VisitAsync("/data");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Export as .zip" }).ClickAsync());
        var file = await download.PathAsync();
        await using (var zip = await ZipFile.OpenReadAsync(file))
        {
            Assert.All(["traces.json", "logs.json", "metrics.json"], entry => Assert.NotNull(zip.GetEntry(entry)));
        }

        foreach (var (path, signal) in ((string, string)[])[("/traces", "traces"), ("/structuredlogs", "logs")])
        {
            await visit.GoAsync(path);
            await visit.Find("summary", "Remove telemetry").ClickAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Remove all {signal}" }).ClickAsync();
            await Expect(visit.Find(".empty")).ToBeVisibleAsync();
        }

        await visit.GoAsync("/data");
        await visit.Find("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "telemetry.zip", MimeType = "application/zip", Buffer = await File.ReadAllBytesAsync(file) });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await Expect(visit.Find(".toast")).ToHaveTextAsync("Done.");
        await visit.GoAsync("/traces");
        await Expect(visit.Find("main tbody tr", "GET")).ToHaveCountAsync(run.Requests);
        await visit.GoAsync("/structuredlogs");
        await Expect(visit.Find("main tbody tr", "Application started")).ToHaveCountAsync(1);
    }

    private static async Task<DateTimeOffset> TimeAsync(ILocator time) => DateTimeOffset.Parse(await time.GetAttributeAsync("datetime") ?? "", CultureInfo.InvariantCulture);

    /// <summary>The pages, and those of a trace with an open span, an open log record, and an instrument.</summary>
    private static async Task<IReadOnlyList<string>> PathsAsync(Visit visit)
    {
        List<string> paths = [.. s_pages.Select(page => page.Path)];
        foreach (var (path, link) in ((string, string)[])[("/traces", "main tbody .row-link"), ("/structuredlogs", "main tbody .row-link"), ("/metrics/resource/counter", ".tree a[href*='instrument=']")])
        {
            await visit.GoAsync(path);
            paths.Add(await visit.Find(link).First.GetAttributeAsync("href") ?? "");
        }

        await visit.GoAsync(paths[^3]);
        paths.Add(await visit.Find(".wf-link").First.GetAttributeAsync("href") ?? "");
        paths.Add(paths[^2] + "&view=Table");
        return paths;
    }
}
