using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Shared.Browser.Expectations;

namespace Aspire.Dashboard.Tests.Browser;

/// <summary>The pages in a real browser. Each test opens a profile of its own and fails when the browser's console reports anything.</summary>
[Collection(nameof(PageTests))]
public sealed partial class PageTests(DashboardFixture dashboard)
{
    private static readonly (string Path, string Heading)[] s_pages =
    [
        ("/", "Resources"), ("/?view=Graph", "Resources"), ("/?view=Parameters", "Resources"), ("/consolelogs", "Console logs"), ("/structuredlogs", "Structured logs"),
        ("/traces", "Traces"), ("/traces?view=Map", "Traces"), ("/metrics", "Metrics"), ("/settings", "Settings"), ("/help", "Help"), ("/data", "Telemetry"), ("/notifications", "Notifications"),
    ];

    [Fact]
    public async Task Every_page_reads_without_script()
    {
        await using var session = await dashboard.OpenAsync("/", script: false);
        foreach (var (path, heading) in s_pages)
        {
            await session.GoAsync(path, script: false);

            await Expect(session.Find("main h1")).ToContainTextAsync(heading);
            await Expect(session.Find(".strip")).ToContainTextAsync("received");
            await Expect(session.Find("#pause")).ToBeHiddenAsync();
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_page_fits_a_phone(ColorScheme theme)
    {
        await using var session = await dashboard.OpenAsync("/", theme: theme, width: 390, height: 844);
        foreach (var (path, heading) in s_pages)
        {
            await session.GoAsync(path);

            await Expect(session.Find("main h1")).ToContainTextAsync(heading);
            Assert.True(await session.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than the phone.");
        }
    }

    [Fact]
    public async Task The_graph_draws_the_reference_as_an_arrow_with_its_alias()
    {
        await using var session = await dashboard.OpenAsync("/?view=Graph");

        await Expect(session.Find(".graph .node")).ToHaveCountAsync(3);
        await Expect(session.Find(".graph .edge-label").First).ToHaveTextAsync("redis");
        await session.Find(".graph .node", new() { HasText = "redis-server" }).ClickAsync();
        await Expect(session.Find(".panel h2")).ToHaveTextAsync("redis-server");
        await Expect(session.Page).ToHaveURLAsync(new Regex("view=Graph.*resource=redis-server"));
        await session.Page.GoBackAsync();
        await Expect(session.Find(".panel")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Secret_values_are_masked_until_they_are_asked_for()
    {
        await using var session = await dashboard.OpenAsync("/?resource=redis-server-qwertyui");

        var secret = session.Find(".panel .value", new() { HasText = "correct horse" });
        await Expect(secret).ToBeHiddenAsync();
        await session.Find("[data-reveal]").ClickAsync();
        await Expect(secret).ToBeVisibleAsync();
        await session.Find("[data-reveal]").ClickAsync();
        await Expect(secret).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_resource_that_changes_changes_on_the_page_and_what_is_open_stays_open()
    {
        await using var session = await dashboard.OpenAsync("/?resource=redis-server-qwertyui");
        await session.Find(".panel details.secret").First.Locator("summary").ClickAsync();
        var before = dashboard.Host.GetResources()[0];
        try
        {
            dashboard.Host.Set(before with { HealthStatus = "Unhealthy", StaleReason = "The password of redis-server changed." });

            await Expect(session.Row("redis-server")).ToContainTextAsync("Running (Unhealthy)");
            await Expect(session.Find(".panel .note")).ToContainTextAsync("The password of redis-server changed.");
            await Expect(session.Find(".panel details.secret").First).ToHaveAttributeAsync("open", "");
        }
        finally
        {
            dashboard.Host.Set(before);
        }
    }

    [Fact]
    public async Task A_command_with_a_confirmation_runs_only_after_it_was_given()
    {
        await using var session = await dashboard.OpenAsync("/?resource=redis-server-qwertyui");

        await session.Find(".panel").GetByText("Flush counter").ClickAsync();
        await Expect(session.Find("#dialog")).ToContainTextAsync("Remove all counts from redis-server?");
        Assert.DoesNotContain(dashboard.Host.Executed, e => e.Command == "flush");
        await session.Button("Yes, flush counter").ClickAsync();

        await Expect(session.Find(".toast")).ToHaveTextAsync("Done.");
        Assert.Contains(dashboard.Host.Executed, e => e is { Command: "flush", Resource: "redis-server-qwertyui" });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_asks_for_its_arguments_and_shows_its_result(bool script)
    {
        dashboard.Host.Outcome = command => command == "redis-cli"
            ? new() { Success = true, Message = "OK", Result = "1) \"ip\"\n2) \"<b>requests</b>\"" }
            : new() { Success = true, Message = "Done." };
        await using var session = await dashboard.OpenAsync("/?resource=redis-server-qwertyui", script);

        await session.Find(".panel").GetByText("Redis CLI").ClickAsync();
        await session.Page.GetByLabel("Command").FillAsync("KEYS *");
        await session.Button("Redis CLI").Last.ClickAsync();

        await Expect(session.Find(".result").First).ToHaveTextAsync("1) \"ip\" 2) \"<b>requests</b>\"");
        Assert.Contains(dashboard.Host.Executed, e => e.Command == "redis-cli" && e.Arguments["command"] == "KEYS *");
    }

    [Fact]
    public async Task A_question_of_the_host_opens_and_its_answer_gets_back()
    {
        await using var session = await dashboard.OpenAsync("/traces");

        dashboard.Host.Ask(new()
        {
            Id = 77,
            Kind = Resources.InteractionKind.InputsDialog,
            Title = "Set unresolved parameters",
            Inputs = [new() { Name = "greeting", Label = "Greeting", InputType = "text", Required = false }],
        });
        var dialog = session.Find("dialog.interaction");
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.GetByLabel("Greeting").FillAsync("hello");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "OK" }).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        Assert.Contains(dashboard.Host.Answers, a => a.Id == 77 && a.Response.Result && a.Response.Values["greeting"] == "hello");
    }

    [Fact]
    public async Task Console_lines_arrive_coloured_as_they_are_written_and_never_as_markup()
    {
        await using var session = await dashboard.OpenAsync("/consolelogs/resource/counter-abcdwxyz");

        await Expect(session.Find("#console .fg2").First).ToHaveTextAsync("info");
        await Expect(session.Find("#console")).ToContainTextAsync("<script>alert(1)</script> is only text");
        await Expect(session.Find("#console .line.err").First).ToBeVisibleAsync();
        dashboard.Host.Write("counter-abcdwxyz", "2026-11-26T20:10:00Z a line of just now, see http://localhost:3000/x.");
        await Expect(session.Find("#console a[href='http://localhost:3000/x']")).ToBeVisibleAsync();
        await session.Find("#console-filter").FillAsync("just now");
        await Expect(session.Find("#console .line:visible")).ToHaveCountAsync(1);
        await Expect(session.Page).ToHaveURLAsync(new Regex("q=just"));
    }

    [Fact]
    public async Task Paused_console_lines_wait_and_follow_after_a_mark()
    {
        await using var session = await dashboard.OpenAsync("/consolelogs/resource/redis-server-qwertyui");
        await Expect(session.Find("#console .line").First).ToBeVisibleAsync();

        await session.Page.Keyboard.PressAsync("p");
        dashboard.Host.Write("redis-server-qwertyui", "2026-11-26T20:11:00Z while it was paused");
        await Expect(session.Find("#console-count")).ToContainTextAsync("1 more while paused");
        await Expect(session.Find("#console")).Not.ToContainTextAsync("while it was paused");
        await session.Page.Keyboard.PressAsync("p");

        await Expect(session.Find("#console .mark")).ToContainTextAsync("Paused between");
        await Expect(session.Find("#console")).ToContainTextAsync("while it was paused");
    }

    [Fact]
    public async Task Console_lines_read_without_script()
    {
        await using var session = await dashboard.OpenAsync("/consolelogs/resource/counter-mnopqrst", script: false);

        await Expect(session.Find("#console .line").First).ToContainTextAsync("info: Microsoft.Hosting.Lifetime[14]");
    }

    [Fact]
    public async Task A_new_trace_appears_without_a_reload_and_leads_to_its_waterfall()
    {
        await using var session = await dashboard.OpenAsync("/traces?q=GET /fresh");
        await Expect(session.Find(".empty")).ToContainTextAsync("No trace matches");

        dashboard.Telemetry.AddRequest(100, path: "/fresh");
        await session.Row("GET /fresh").GetByRole(AriaRole.Link).ClickAsync();

        await Expect(session.Find(".wf-row[data-key]")).ToHaveCountAsync(2);
        await Expect(session.Find(".wf-row").Nth(2)).ToContainTextAsync("redis-server");
        await Expect(session.Find(".wf-time .log")).ToHaveCountAsync(1);
        await session.Page.GoBackAsync();
        await Expect(session.Row("GET /fresh")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_span_shows_its_attributes_and_the_batch_that_links_to_it_and_back()
    {
        var trace = dashboard.Telemetry.AddRequest(101, path: "/linked");
        await using var session = await dashboard.OpenAsync($"/traces/detail/{trace}");

        await session.Find(".wf-link", new() { HasText = "EVALSHA" }).ClickAsync();
        await Expect(session.Find(".panel")).ToContainTextAsync("db.operation.name");
        await session.Find(".panel").GetByRole(AriaRole.Link, new() { Name = "counter: count batch" }).ClickAsync();
        await Expect(session.Find(".trace-head h1")).ToContainTextAsync("count batch");
        await session.Find(".panel").GetByRole(AriaRole.Link, new() { Name = "counter: EVALSHA" }).ClickAsync();
        await Expect(session.Page).ToHaveURLAsync(new Regex($"{trace}.*spanId="));
    }

    [Fact]
    public async Task Spans_collapse_and_the_address_says_so()
    {
        var trace = dashboard.Telemetry.AddRequest(102);
        await using var session = await dashboard.OpenAsync($"/traces/detail/{trace}");

        await session.Find(".wf-row .toggle[href]").ClickAsync();

        await Expect(session.Find(".wf-row[data-key]")).ToHaveCountAsync(1);
        await session.Page.ReloadAsync();
        await Expect(session.Find(".wf-row[data-key]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Traces_are_filtered_by_field_and_by_errors()
    {
        await using var session = await dashboard.OpenAsync("/traces");

        await session.Page.GetByText("Errors only").ClickAsync();
        await Expect(session.Find("main tbody tr.failed").First).ToBeVisibleAsync();
        await Expect(session.Find("main tbody tr:not(.failed)")).ToHaveCountAsync(0);
        await session.Find("summary", new() { HasText = "Add filter" }).ClickAsync();
        await session.Page.GetByLabel("Field").FillAsync("counter.number");
        await session.Page.GetByLabel("Value").FillAsync("29");
        await session.Button("Add filter").ClickAsync();

        await Expect(session.Find("main tbody tr")).ToHaveCountAsync(1);
        await Expect(session.Find(".filter-chip")).ToContainTextAsync("counter.number = 29");
        await session.Link("Remove the filter on counter.number").ClickAsync();
        await Expect(session.Find(".filter-chip")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_service_map_shows_who_calls_whom_with_rate_errors_and_latency()
    {
        await using var session = await dashboard.OpenAsync("/traces?view=Map");

        await Expect(session.Find(".map .node")).ToHaveCountAsync(2);
        await Expect(session.Find(".map .edge")).ToContainTextAsync("/s");
        await Expect(session.Find(".map .edge")).ToContainTextAsync("p50");
        await Expect(session.Find(".map .edge")).ToContainTextAsync("errors");
    }

    [Fact]
    public async Task Structured_logs_are_filtered_by_level_and_lead_to_their_trace()
    {
        await using var session = await dashboard.OpenAsync("/structuredlogs");

        await session.Page.GetByLabel("Least level").SelectOptionAsync("Error");
        await Expect(session.Find("main tbody tr:not(.error)")).ToHaveCountAsync(0);
        await session.Find("main tbody tr.error .row-link").First.ClickAsync();
        await Expect(session.Find(".panel")).ToContainTextAsync("at CounterService.Counting.Combiner.SendAsync()");
        await session.Find(".panel a[href^='/traces/detail/']").ClickAsync();
        await Expect(session.Find(".trace-head h1")).ToContainTextAsync("GET /");
    }

    [Fact]
    public async Task Metrics_draw_percentiles_whose_exemplars_open_their_trace()
    {
        // Drawn are the last minutes, and the other tests may have taken more.
        dashboard.Telemetry.AddMetrics(DateTime.UtcNow);
        await using var session = await dashboard.OpenAsync("/metrics/resource/counter");

        await session.Link("http.server.request.duration").ClickAsync();
        await Expect(session.Find("figcaption")).ToContainTextAsync("P99");
        await Expect(session.Find(".chart .line")).ToHaveCountAsync(3);
        await session.Page.GetByLabel("Time range").SelectOptionAsync("15");
        await Expect(session.Page).ToHaveURLAsync(new Regex("duration=15"));
        await session.Link("Table").ClickAsync();
        await Expect(session.Find("main tbody tr").First).ToBeVisibleAsync();
        await session.Link("Graph").ClickAsync();
        await session.Find(".exemplar path").First.ClickAsync();
        await Expect(session.Page).ToHaveURLAsync(new Regex("/traces/detail/"));
    }

    [Fact]
    public async Task The_palette_finds_a_counted_request_by_its_number()
    {
        await using var session = await dashboard.OpenAsync("/");

        await session.Page.Keyboard.PressAsync("Control+k");
        await session.Page.Keyboard.TypeAsync("42");
        await Expect(session.Find(".jump-list a").First).ToContainTextAsync("Request number 42");
        await session.Page.Keyboard.PressAsync("Enter");

        await Expect(session.Page).ToHaveURLAsync(new Regex("/traces/detail/.*spanId="));
        await Expect(session.Find(".panel")).ToContainTextAsync("counter.number");
    }

    [Fact]
    public async Task Keys_lead_through_the_pages_and_open_the_help_sheet()
    {
        await using var session = await dashboard.OpenAsync("/");

        await session.Page.Keyboard.PressAsync("t");
        await Expect(session.Find("main h1")).ToHaveTextAsync("Traces");
        await session.Page.Keyboard.PressAsync("m");
        await Expect(session.Find("main h1")).ToHaveTextAsync("Metrics");
        await session.Page.Keyboard.PressAsync("?");
        await Expect(session.Find("#dialog")).ToContainTextAsync("Keyboard");
        await session.Page.Keyboard.PressAsync("Escape");
        await Expect(session.Find("#dialog")).ToBeHiddenAsync();
        await session.Page.GoBackAsync();
        await Expect(session.Find("main h1")).ToHaveTextAsync("Traces");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_theme_is_chosen_and_kept(bool script)
    {
        await using var session = await dashboard.OpenAsync("/settings", script);

        await session.Page.GetByLabel("Dark").CheckAsync();
        await session.Button("Save").ClickAsync();
        await Expect(session.Find("html")).ToHaveAttributeAsync("data-theme", "dark");
        await session.GoAsync("/traces", script);

        await Expect(session.Find("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.Equal("rgb(17, 19, 24)", await session.Find("body").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor"));
    }

    [Fact]
    public async Task Times_are_in_the_viewers_zone()
    {
        var at = new DateTime(2026, 7, 1, 10, 20, 30, DateTimeKind.Utc);
        var trace = dashboard.Telemetry.AddRequest(103, at: at);
        await using var session = await dashboard.OpenAsync($"/traces/detail/{trace}");

        await Expect(session.Find(".trace-facts time")).ToContainTextAsync("12:20:30");
    }

    [Fact]
    public async Task Hostile_telemetry_stays_text()
    {
        const string Hostile = "\"><img src=x onerror=alert(1)><script>alert(2)</script>\u202E";
        var trace = dashboard.Telemetry.AddRequest(104, path: Hostile);
        await using var session = await dashboard.OpenAsync($"/traces/detail/{trace}");

        await session.Find(".wf-link").First.ClickAsync();

        await Expect(session.Find(".panel")).ToContainTextAsync("onerror=alert(1)");
        await Expect(session.Find("#app img, #app script")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Control_characters_and_marks_of_direction_change_nothing_around_them()
    {
        // Turned around, the rest of the line would read as something else; an escape or a zero could end a text early.
        const string Hostile = "/a\u0000b\u001b[31mc\u0007d\u202Eexe.txt";
        var trace = dashboard.Telemetry.AddRequest(105, path: Hostile);
        await using var session = await dashboard.OpenAsync($"/traces/detail/{trace}");

        await session.Find(".wf-link").First.ClickAsync();
        var value = session.Find(".panel .facts > div", new() { HasText = "url.path" }).Locator(".value");

        await Expect(value).ToContainTextAsync("exe.txt");
        foreach (var element in (ILocator[])[value, session.Find(".wf-text").First, session.Find(".panel h2")])
        {
            Assert.Equal("isolate", await element.EvaluateAsync<string>("e => getComputedStyle(e).unicodeBidi"));
        }

        await session.GoAsync("/traces");
        await Expect(session.Row("exe.txt")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Values_are_copied_and_json_opens_laid_out()
    {
        const string Json = """{"order":{"id":42,"lines":["<b>first</b>","second","third","fourth"]}}""";
        var trace = dashboard.Telemetry.AddRequest(106, path: Json);
        await using var session = await dashboard.OpenAsync($"/traces/detail/{trace}");
        await session.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        await session.Find(".wf-link").First.ClickAsync();
        var row = session.Find(".panel .facts > div", new() { HasText = "url.path" });
        await row.HoverAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Copy url.path" }).ClickAsync();
        await Expect(session.Find(".toast")).ToHaveTextAsync("Copied.");
        Assert.Equal(Json, await session.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await row.GetByRole(AriaRole.Button, new() { Name = "Open url.path in a window" }).ClickAsync();
        await Expect(session.Find("#dialog .json-key").Nth(1)).ToHaveTextAsync("\"id\"");
        await Expect(session.Find("#dialog .json-text").First).ToHaveTextAsync("\"<b>first</b>\"");
    }

    [Fact]
    public async Task The_graph_zooms_by_buttons_and_keys_and_stays_so_over_updates()
    {
        await using var session = await dashboard.OpenAsync("/?view=Graph");
        var graph = session.Find("svg.graph");
        var natural = await WidthAsync();

        await session.Button("Zoom in").ClickAsync();
        await session.Find(".graph-scroll").PressAsync("+");
        Assert.Equal(natural * 1.25 * 1.25, await WidthAsync(), 1.0);
        var before = dashboard.Host.GetResources()[0];
        try
        {
            dashboard.Host.Set(before with { HealthStatus = "Unhealthy" });
            await Expect(session.Find(".graph .node", new() { HasText = "Unhealthy" })).ToHaveCountAsync(1);
            Assert.Equal(natural * 1.25 * 1.25, await WidthAsync(), 1.0);
        }
        finally
        {
            dashboard.Host.Set(before);
        }

        await session.Find(".graph-scroll").PressAsync("0");
        Assert.Equal(natural, await WidthAsync(), 1.0);

        Task<double> WidthAsync() => graph.EvaluateAsync<double>("e => e.getBoundingClientRect().width");
    }

    [Fact]
    public async Task A_page_that_is_not_there_says_so()
    {
        await using var session = await dashboard.OpenAsync("/no/such/page");
        session.ExpectsErrors = true;

        await Expect(session.Find(".empty")).ToContainTextAsync("Page not found");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_has_contrast_and_controls_have_names(ColorScheme theme)
    {
        await using var session = await dashboard.OpenAsync("/", theme: theme);
        foreach (var path in (string[])["/?resource=counter-abcdwxyz", "/traces", "/structuredlogs", "/metrics/resource/counter"])
        {
            await session.GoAsync(path);

            var problems = await session.Page.EvaluateAsync<string[]>(Accessibility.Check);

            Assert.Empty(problems);
        }
    }
}
