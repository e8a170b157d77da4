using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Shared.Browser.Expectations;

namespace EndToEnd.Tests;

/// <summary>The dashboard of the real AppHost after thousands of requests, and while its store is away: a run of their own, for other tests count what is there.</summary>
[Collection(nameof(NetworkTurns))]
public sealed class DashboardLoadTests(CountedRun run) : IClassFixture<CountedRun>
{
    [Fact]
    public async Task Thousands_of_traces_are_paged_through_to_the_first_request()
    {
        await using var visit = await run.VisitAsync("/traces?q=GET");
        var (rows, pager) = (visit.Find("main tbody tr"), visit.Find(".pager"));
        var traces = 2_100 + await rows.CountAsync();
        await run.CountAsync(2_100);

        await Expect(pager).ToContainTextAsync(Of(1, 100));
        await Expect(rows).ToHaveCountAsync(100);
        await pager.GetByText("Older").ClickAsync();
        await Expect(pager).ToContainTextAsync(Of(101, 200));
        await Expect(rows).ToHaveCountAsync(100);
        await visit.GoAsync("/traces?q=GET&skip=2000");
        await Expect(pager).ToContainTextAsync(Of(2_001, 2_100));
        await pager.GetByText("Older").ClickAsync();
        await Expect(pager).ToContainTextAsync(Of(2_101, traces));
        await rows.Last.Locator(".row-link").ClickAsync();
        await visit.Find(".wf-link").First.ClickAsync();
        await Expect(visit.Find(".panel .facts > div", "counter.number").Locator(".value")).ToHaveTextAsync("1");

        string Of(int from, int to) => string.Create(CultureInfo.InvariantCulture, $"{from:N0}–{to:N0} of {traces:N0}");
    }

    [Fact]
    public async Task A_trace_of_thousands_of_spans_shows_the_first_and_the_one_that_is_looked_for()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var visit = await run.VisitAsync("/traces");
        await run.CountAsync(1_100, traceparent: $"00-{Trace}-00f067aa0ba902b7-01");

        await visit.GoAsync($"/traces/detail/{Trace}");
        await Expect(visit.Find(".wf-row[data-key]")).ToHaveCountAsync(2_000);
        await Expect(visit.Find(".wf-note")).ToContainTextAsync("The first 2,000 of 2,200 rows");
        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Find("#jump").FillAsync(run.Requests.ToString(CultureInfo.InvariantCulture));
        await Expect(visit.Find(".jump-list a").First).ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"Request number {run.Requests:N0}"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex($"/traces/detail/{Trace}.*spanId="));
        await Expect(visit.Find(".wf-row.selected")).ToBeInViewportAsync();
        await Expect(visit.Find(".panel .facts > div", "counter.number").Locator(".value")).ToHaveTextAsync(run.Requests.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_store_that_is_away_is_seen_in_its_state_the_logs_and_the_traces()
    {
        await using var visit = await run.VisitAsync("/?resource=redis-server");
        await visit.Find(".panel").GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(visit.Find("main tbody tr[data-key^='redis-server-']")).ToContainTextAsync("Exited");

        using var answer = await run.AskAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);

        await visit.GoAsync("/structuredlogs?level=Error");
        await visit.Find("main tbody tr", "was not confirmed").Locator(".row-link").ClickAsync();
        await Expect(visit.Find(".panel")).ToContainTextAsync("CounterService.Counting.StoreUnavailableException");
        await visit.GoAsync("/structuredlogs?level=Warning");
        await visit.Find("main tbody tr", "is sent again").Locator("a[href*='/traces/detail/']").First.ClickAsync();
        await Expect(visit.Find("main h1")).ToContainTextAsync("count batch");

        await visit.GoAsync("/traces");
        await visit.Page.GetByText("Errors only").ClickAsync();
        await Expect(visit.Find("main tbody tr.failed", "GET")).ToHaveCountAsync(1);
        await Expect(visit.Find("main tbody tr:not(.failed)")).ToHaveCountAsync(0);

        await visit.GoAsync("/?resource=redis-server");
        await visit.Find(".panel").GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(visit.Find("main tbody tr[data-key^='counter-']")).Not.ToContainTextAsync("Unhealthy");
        await run.CountAsync();
    }
}
