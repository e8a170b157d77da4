using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Shared.Browser.Expectations;

namespace EndToEnd.Tests;

/// <summary>The dashboard of the real AppHost in a real browser: what a user sees of the link and of every counted request.</summary>
[Collection(nameof(NetworkTurns))]
public sealed partial class DashboardTests(CountedRun run)
{
    [Fact]
    public async Task The_table_shows_both_resources_running_and_filters_them()
    {
        await using var visit = await run.VisitAsync("/");

        await Expect(visit.Find("main tbody tr")).ToHaveCountAsync(2);
        await Expect(visit.Find("main tbody tr[data-key^='redis-server-']")).ToContainTextAsync(RunningRedis());
        await Expect(visit.Find("main tbody tr[data-key^='counter-']")).ToContainTextAsync("Running");
        await visit.Page.GetByPlaceholder("Filter resources").FillAsync("redis");
        await Expect(visit.Find("main tbody tr")).ToHaveCountAsync(1);
        await Expect(visit.Page).ToHaveURLAsync(new Regex("q=redis"));
    }

    [Fact]
    public async Task The_graph_draws_the_link_with_its_alias_and_zooms()
    {
        await using var visit = await run.VisitAsync("/?view=Graph");

        await Expect(visit.Find(".graph .node")).ToHaveCountAsync(2);
        await Expect(visit.Find(".graph .edge-label")).ToHaveTextAsync("redis");
        await Expect(visit.Find(".graph .edge title", "counter refers to redis-server as redis")).ToHaveCountAsync(1);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        await Expect(visit.Find("svg.graph.zoomed")).ToHaveCountAsync(1);
        await visit.Find(".graph .node", "redis-server").ClickAsync();
        await Expect(visit.Find(".panel h2")).ToHaveTextAsync("redis-server");
    }

    [Fact]
    public async Task Details_mask_the_environment_of_the_link_until_it_is_asked_for()
    {
        await using var visit = await run.VisitAsync("/?resource=counter");

        var connection = visit.Find(".panel .facts > div", "ConnectionStrings__redis");
        await Expect(connection.Locator(".value")).ToBeHiddenAsync();
        await visit.Find("[data-reveal]").ClickAsync();
        await Expect(connection.Locator(".value")).ToBeVisibleAsync();
        await Expect(connection.Locator(".value")).ToHaveTextAsync(ConnectionString());
        await Expect(visit.Find(".panel .alias").First).ToHaveTextAsync("redis");
    }

    [Fact]
    public async Task The_redis_cli_command_answers_with_the_number_of_counted_requests()
    {
        await using var visit = await run.VisitAsync("/?resource=redis-server");

        await visit.Find(".panel").GetByText("Redis CLI").ClickAsync();
        await visit.Page.GetByLabel("Command").FillAsync("GET requests");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Redis CLI" }).Last.ClickAsync();

        await Expect(visit.Find("#dialog .result")).ToHaveTextAsync($"\"{run.Requests}\"");
    }

    [Fact]
    public async Task Console_lines_of_both_resources_are_shown()
    {
        await using var visit = await run.VisitAsync("/consolelogs");

        await Expect(visit.Find("#console .line", "Ready to accept connections").First).ToBeVisibleAsync();
        await visit.Find("#console-filter").FillAsync("Application started");
        await Expect(visit.Find("#console .line:visible")).ToHaveCountAsync(1);
        await visit.GoAsync("/consolelogs/resource/counter");
        await Expect(visit.Find("#console .line", "Application started").First).ToBeVisibleAsync();
        await Expect(visit.Find("#console .fg2").First).ToHaveTextAsync("info");
    }

    [Fact]
    public async Task Structured_logs_show_what_a_record_carries()
    {
        await using var visit = await run.VisitAsync("/structuredlogs");

        await visit.Find("main tbody tr", "Application started").Locator(".row-link").First.ClickAsync();
        await Expect(visit.Find(".panel")).ToContainTextAsync("Microsoft.Hosting.Lifetime");
        await visit.Page.GetByPlaceholder("Filter messages").FillAsync("no such message");
        await Expect(visit.Find(".empty")).ToContainTextAsync("No log record matches");
    }

    [Fact]
    public async Task Every_counted_request_is_a_trace_whose_waterfall_reaches_redis_server()
    {
        await using var visit = await run.VisitAsync("/traces");

        var requests = visit.Find("a[href*='/traces/detail/']", "GET");
        await Expect(requests).ToHaveCountAsync(run.Requests);
        await requests.First.ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/traces/detail/"));
        await Expect(visit.Find(".wf-row[data-key]").First).ToContainTextAsync("counter");
        await visit.Find(".wf-link", "redis-server").ClickAsync();
        await Expect(visit.Find(".panel")).ToContainTextAsync("db.system.name");
        await visit.Find(".panel .link-list a", "count batch").ClickAsync();
        await Expect(visit.Find(".trace-head h1")).ToContainTextAsync("count batch");
    }

    [Fact]
    public async Task The_service_map_shows_who_calls_redis_server()
    {
        await using var visit = await run.VisitAsync("/traces?view=Map");

        await Expect(visit.Find(".map .node")).ToHaveCountAsync(2);
        await Expect(visit.Find(".map .edge")).ToContainTextAsync("p50");
        await Expect(visit.Find(".map .edge title")).ToContainTextAsync("counter calls redis-server");
    }

    [Fact]
    public async Task Metrics_draw_the_counted_requests()
    {
        await using var visit = await run.VisitAsync("/metrics/resource/counter");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "http.server.request.duration" }).ClickAsync();
        await Expect(visit.Find("figcaption")).ToContainTextAsync("P99");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Table" }).ClickAsync();
        await Expect(visit.Find("main tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_palette_jumps_to_the_trace_of_a_counted_request()
    {
        await using var visit = await run.VisitAsync("/");

        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Page.Keyboard.TypeAsync("2");
        await Expect(visit.Find(".jump-list a").First).ToContainTextAsync("Request number 2");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page).ToHaveURLAsync(new Regex("/traces/detail/.*spanId="));
        await Expect(visit.Find(".panel .facts > div", "counter.number").Locator(".value")).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task The_other_pages_open_and_the_theme_is_kept()
    {
        await using var visit = await run.VisitAsync("/settings");

        await visit.Page.GetByLabel("Dark").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visit.Find("html")).ToHaveAttributeAsync("data-theme", "dark");
        foreach (var path in (string[])["/help", "/data", "/notifications", "/?view=Parameters"])
        {
            await visit.GoAsync(path);
            await Expect(visit.Find("html")).ToHaveAttributeAsync("data-theme", "dark");
            await Expect(visit.Find("main h1")).ToBeVisibleAsync();
        }
    }

    [GeneratedRegex(@"Running.*redis-server \d", RegexOptions.Singleline)]
    private static partial Regex RunningRedis();

    [GeneratedRegex(@"^localhost:\d+,password=\S+$")]
    private static partial Regex ConnectionString();
}
