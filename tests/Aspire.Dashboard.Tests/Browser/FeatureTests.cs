using System.IO.Compression;
using System.Text.RegularExpressions;
using Aspire.Dashboard.Telemetry;
using Microsoft.Playwright;
using Shared.Browser;
using static Shared.Browser.Expectations;

namespace Aspire.Dashboard.Tests.Browser;

/// <summary>What the pages can do beside what <see cref="PageTests"/> shows, and in turn with it: both change the one dashboard.</summary>
[Collection(nameof(PageTests))]
public sealed class FeatureTests(DashboardFixture dashboard)
{
    [Fact]
    public async Task Resources_are_hidden_by_type_and_back_and_forward_lead_through_the_filters()
    {
        await using var session = await dashboard.OpenAsync("/");
        var counter = session.Find("main tbody tr[data-key^='counter-']");
        await Expect(counter).Not.ToHaveCountAsync(0);

        await session.Find("summary", new() { HasText = "Filter" }).ClickAsync();
        await session.Page.GetByLabel("Hide Project").CheckAsync();
        await Expect(counter).ToHaveCountAsync(0);
        await Expect(session.Row("redis-server")).Not.ToHaveCountAsync(0);
        await session.Page.GoBackAsync();
        await Expect(counter).Not.ToHaveCountAsync(0);
        await session.Page.GoForwardAsync();
        await Expect(counter).ToHaveCountAsync(0);
        await session.Page.ReloadAsync();
        await Expect(counter).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_chosen_and_not_saved_outlives_an_update()
    {
        await using var session = await dashboard.OpenAsync("/settings");
        var dark = session.Page.GetByLabel("Dark");
        await dark.CheckAsync();
        await session.Page.GetByLabel("Light").FocusAsync();

        await session.Page.EvaluateAsync("""
            async () => {
              const { refresh } = await import(new URL('pages.js', document.querySelector('script[type=module]').src));
              await refresh(() => true);
            }
            """);

        await Expect(dark).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Details_show_volumes_health_and_who_refers_to_a_resource()
    {
        await using var session = await dashboard.OpenAsync("/?resource=redis-server-qwertyui");

        await Expect(session.Find(".panel")).ToContainTextAsync("apphost-redis-server-data");
        await Expect(session.Find(".panel")).ToContainTextAsync("Health checks");
        await Expect(session.Find(".panel").GetByRole(AriaRole.Link, new() { Name = "counter" }).First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("json", """{"requests":42}""", ".result .json-key", "\"requests\"")]
    [InlineData("markdown", "**42** requests <b>", ".markdown strong", "42")]
    public async Task A_command_shows_its_result_as_json_and_as_markdown(string format, string result, string selector, string text)
    {
        dashboard.Host.Outcome = command => command == "redis-cli"
            ? new() { Success = true, Message = "OK", Result = result, ResultFormat = format, DisplayImmediately = true }
            : new() { Success = true, Message = "Done." };
        await using var session = await dashboard.OpenAsync("/?resource=redis-server-qwertyui");

        await session.Find(".panel").GetByText("Redis CLI").ClickAsync();
        await session.Page.GetByLabel("Command").FillAsync("GET requests");
        await session.Button("Redis CLI").Last.ClickAsync();

        await Expect(session.Find("#dialog " + selector)).ToHaveTextAsync(text);
        await Expect(session.Find("#dialog .outcome b")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Structured_logs_are_filtered_by_an_attribute_and_by_their_message()
    {
        await using var session = await dashboard.OpenAsync("/structuredlogs");

        await session.Find("summary", new() { HasText = "Add filter" }).ClickAsync();
        await session.Page.GetByLabel("Field").FillAsync("Number");
        await session.Page.GetByLabel("Value").FillAsync("7");
        await session.Button("Add filter").ClickAsync();
        await Expect(session.Find("main tbody tr")).ToHaveCountAsync(1);
        await Expect(session.Find("main tbody tr")).ToContainTextAsync("Counted request 7");
        await session.Page.GetByPlaceholder("Filter messages").FillAsync("nothing like it");
        await Expect(session.Find(".empty")).ToContainTextAsync("No log record matches");
    }

    [Fact]
    public async Task Traces_are_filtered_by_type_and_wait_while_paused()
    {
        await using var session = await dashboard.OpenAsync("/traces?q=GET /paused");
        await Expect(session.Find(".empty")).ToBeVisibleAsync();

        await session.Page.Keyboard.PressAsync("p");
        dashboard.Telemetry.AddRequest(201, path: "/paused");
        await session.Page.WaitForTimeoutAsync(1_500);
        await Expect(session.Row("GET /paused")).ToHaveCountAsync(0);
        await session.Page.Keyboard.PressAsync("p");
        await Expect(session.Row("GET /paused")).ToHaveCountAsync(1);

        await session.Page.GetByLabel("Type").SelectOptionAsync("Messaging");
        await Expect(session.Find(".empty")).ToContainTextAsync("No trace matches");
        await session.Page.GetByLabel("Type").SelectOptionAsync("Database");
        await Expect(session.Row("GET /paused")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Metrics_are_filtered_by_a_dimension()
    {
        await using var session = await dashboard.OpenAsync("/metrics/resource/counter?meter=CounterService&instrument=counter.requests");
        await Expect(session.Find(".chart .line")).ToHaveCountAsync(1);

        await session.Page.GetByLabel("outcome").SelectOptionAsync("=counted");

        await Expect(session.Page).ToHaveURLAsync(new Regex("d.outcome=%3Dcounted"));
        await Expect(session.Find(".chart .line")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Two_choices_in_two_forms_are_both_kept_however_quick()
    {
        await using var session = await dashboard.OpenAsync("/metrics/resource/counter?meter=CounterService&instrument=counter.requests");
        await session.Page.RouteAsync(new Regex("duration=15"), async route =>
        {
            // The answer to the first choice is still to come as the second is made.
            await Expect(session.Page.GetByLabel("outcome")).ToHaveValueAsync("=counted");
            await route.ContinueAsync();
        });

        await session.Page.GetByLabel("Time range").SelectOptionAsync("15");
        await session.Page.GetByLabel("outcome").SelectOptionAsync("=counted");

        await Expect(session.Page).ToHaveURLAsync(new Regex("duration=15.*d.outcome=%3Dcounted"));
        await Expect(session.Page.GetByLabel("Time range")).ToHaveValueAsync("15");
    }

    [Fact]
    public async Task Enter_takes_the_first_place_for_what_is_typed_and_not_that_for_fewer_letters()
    {
        dashboard.Host.Set(new() { Name = "store-7", DisplayName = "store-7", ResourceType = "Executable", State = "Running" });
        try
        {
            await using var session = await dashboard.OpenAsync("/");
            var entered = new TaskCompletionSource();
            await session.Page.RouteAsync(new Regex("suggest.q=7$"), async route =>
            {
                await entered.Task;
                await route.ContinueAsync();
            });

            await session.Find("#jump").FillAsync("-7");
            await Expect(session.Find(".jump-list a")).ToContainTextAsync(["store-7"]);
            await session.Find("#jump").FillAsync("7");
            await session.Page.Keyboard.PressAsync("Enter");
            entered.SetResult();

            await Expect(session.Page).ToHaveURLAsync(new Regex("/traces/detail/"));
        }
        finally
        {
            dashboard.Host.Remove("store-7");
        }
    }

    [Fact]
    public async Task Telemetry_is_exported_removed_and_imported_again()
    {
        const string Sender = "to-be-removed";
        await using var session = await dashboard.OpenAsync();
        var resource = dashboard.Dashboard.Telemetry.Resources.GetOrAdd(Sender, null, [new("service.name", Sender)])!;
        dashboard.Dashboard.Telemetry.Traces.Add([new() { Resource = resource, Scope = InstrumentationScope.None, TraceId = new(1, 2), SpanId = new(3), Name = "GET /gone", StartUnixNano = UnixTime.FromDateTime(DateTime.UtcNow) }], 0);
        await session.GoAsync("/data");

        await session.Page.GetByRole(AriaRole.Checkbox, new() { Name = Sender }).CheckAsync();
        var download = await session.Page.RunAndWaitForDownloadAsync(() => session.Button("Export as .zip").ClickAsync());
        var file = await download.PathAsync();
        await using (var zip = await ZipFile.OpenReadAsync(file))
        {
            Assert.NotNull(zip.GetEntry("traces.json"));
        }

        await session.Find("select[name=resource]").SelectOptionAsync(Sender);
        await session.Button("Remove").ClickAsync();
        await session.GoAsync("/traces?q=GET /gone");
        await Expect(session.Find(".empty")).ToBeVisibleAsync();

        await session.GoAsync("/data");
        await session.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "telemetry.zip", MimeType = "application/zip", Buffer = await File.ReadAllBytesAsync(file) });
        await session.Button("Import").ClickAsync();
        await Expect(session.Find(".toast")).ToBeVisibleAsync();
        await session.GoAsync("/traces?q=GET /gone");
        await Expect(session.Row("GET /gone")).ToHaveCountAsync(1);

        // Other tests count the senders.
        dashboard.Dashboard.Telemetry.Clear(Sender);
    }

    [Fact]
    public async Task More_windows_than_a_browser_has_connections_all_load_and_all_stay_live()
    {
        const string Path = "/traces?q=GET /windows";
        await using var session = await dashboard.OpenAsync(Path);
        List<IPage> windows = [session.Page];
        while (windows.Count < 8)
        {
            var window = await session.Page.Context.NewPageAsync();
            await PageWatch.OpenAsync(window, Path);
            windows.Add(window);
        }

        dashboard.Telemetry.AddRequest(202, path: "/windows");

        foreach (var window in windows)
        {
            await Expect(window.Locator("main tbody tr")).ToHaveCountAsync(1);
        }
    }

    [Fact]
    public async Task A_page_that_nobody_looks_at_keeps_no_connection_and_catches_up_when_it_is_shown()
    {
        await using var session = await dashboard.OpenAsync("/traces?q=GET /hidden");
        await Expect(session.Find("#live-state")).ToHaveTextAsync("Live");

        var closed = new TaskCompletionSource();
        session.Page.RequestFailed += (_, request) => closed.TrySetResult();
        await ShowAsync(false);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await session.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        dashboard.Telemetry.AddRequest(203, path: "/hidden");
        await session.Page.WaitForTimeoutAsync(1_000);
        await Expect(session.Row("GET /hidden")).ToHaveCountAsync(0);
        await ShowAsync(true);
        await Expect(session.Row("GET /hidden")).ToHaveCountAsync(1);

        // Every page of a browser without a window is shown; this is what a browser with tabs tells those behind.
        Task ShowAsync(bool shown) => session.Page.EvaluateAsync(
            "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", !shown);
    }

    /// <summary>As when a network of the machine comes or goes, which it does with every container that starts.</summary>
    [Theory]
    [InlineData("**/css/app.css")]
    [InlineData("**/js/app.js")]
    [InlineData("**/js/morph.js")]
    public async Task A_page_gets_over_a_file_that_did_not_arrive(string file)
    {
        await using var session = await dashboard.OpenAsync("/help", script: true);
        session.ExpectsErrors = true;
        await session.Page.Context.RouteAsync(file, route => route.AbortAsync("connectionaborted"), new() { Times = 2 });
        // The browser has it from the page before.
        await (await session.Page.Context.NewCDPSessionAsync(session.Page)).SendAsync("Network.clearBrowserCache");

        await session.GoAsync("/traces?q=GET /arrives");

        await Expect(session.Find("#live-state")).ToHaveTextAsync("Live");
        Assert.Equal("grid", await session.Find("#app").EvaluateAsync<string>("e => getComputedStyle(e).display"));
    }

    [Fact]
    public async Task Moves_updates_and_dialogs_get_over_an_answer_that_did_not_arrive()
    {
        await using var session = await dashboard.OpenAsync("/traces");
        session.ExpectsErrors = true;
        foreach (var question in (string[])["**/metrics", "**/help", "**/go/suggest*"])
        {
            await session.Page.RouteAsync(question, route => route.AbortAsync("connectionaborted"), new() { Times = 1 });
        }

        await session.Page.Keyboard.PressAsync("m");
        await Expect(session.Find("main h1")).ToHaveTextAsync("Metrics");
        await session.Page.Keyboard.PressAsync("?");
        await Expect(session.Find("#dialog")).ToContainTextAsync("Keyboard");
        await session.Page.Keyboard.PressAsync("Escape");
        await session.Page.Keyboard.PressAsync("Control+k");
        await Expect(session.Find(".jump-list a")).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_command_shows_that_it_runs_until_it_is_done_also_when_it_fails()
    {
        var finish = new TaskCompletionSource();
        await using var session = await dashboard.OpenAsync("/");
        var before = dashboard.Host.GetResources()[0];
        (dashboard.Host.Finish, dashboard.Host.Outcome) = (finish.Task, _ => new() { Success = false, Message = "It does not want to." });
        try
        {
            await session.Row("redis-server").GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
            await Expect(session.Find(".toast.busy")).ToHaveTextAsync("Stop: running on redis-server");
            dashboard.Host.Set(before with { State = "Stopping", StateStyle = null });
            await Expect(session.Row("redis-server")).ToContainTextAsync("Stopping");
            await Expect(session.Find(".toast.busy")).ToHaveCountAsync(1);
            finish.SetResult();

            await Expect(session.Find("#dialog [data-outcome]")).ToContainTextAsync("It does not want to.");
            await Expect(session.Find(".toast.busy")).ToHaveCountAsync(0);
        }
        finally
        {
            finish.TrySetResult();
            (dashboard.Host.Finish, dashboard.Host.Outcome) = (Task.CompletedTask, _ => new() { Success = true, Message = "Done." });
            dashboard.Host.Set(before);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hidden_resources_are_shown_when_they_are_asked_for(bool script)
    {
        dashboard.Host.Set(new() { Name = "migration", DisplayName = "migration", ResourceType = "Executable", State = "Exited", IsHidden = true });
        try
        {
            await using var session = await dashboard.OpenAsync("/", script);
            await Expect(session.Row("redis-server")).ToHaveCountAsync(1);
            await Expect(session.Row("migration")).ToHaveCountAsync(0);

            await session.Find("summary", new() { HasText = "Filter" }).ClickAsync();
            await session.Page.GetByLabel("Show hidden resources").CheckAsync();
            if (!script)
            {
                await session.Button("Apply").ClickAsync();
            }

            await Expect(session.Row("migration")).ToHaveCountAsync(1);
            await Expect(session.Page).ToHaveURLAsync(new Regex("showHidden=true"));
        }
        finally
        {
            dashboard.Host.Remove("migration");
        }
    }

    [Fact]
    public async Task A_missing_parameter_is_filled_in_on_its_tab()
    {
        var missing = new Resources.ResourceViewModel
        {
            Name = "greeting",
            DisplayName = "greeting",
            ResourceType = "Parameter",
            State = "ValueMissing",
            StateStyle = "warn",
            Commands = [new() { Name = "set-parameter", DisplayName = "Set parameter", IsHighlighted = true, State = Resources.CommandState.Enabled, Arguments = [new() { Name = "value", Label = "Value", InputType = "text", Required = true }] }],
        };
        dashboard.Host.Set(missing);
        dashboard.Host.Outcome = _ =>
        {
            dashboard.Host.Set(missing with { State = "Running", StateStyle = "success", Properties = [new("Value", "Value", dashboard.Host.Executed.Last().Arguments["value"]!, false)] });
            return new() { Success = true, Message = "Done." };
        };
        try
        {
            await using var session = await dashboard.OpenAsync("/");
            await Expect(session.Find(".tabs .badge")).ToHaveTextAsync("1");
            await session.Find(".tabs a", new() { HasText = "Parameters" }).ClickAsync();
            await Expect(session.Row("greeting")).ToContainTextAsync("Value missing");

            await session.Row("greeting").GetByRole(AriaRole.Link, new() { Name = "Set parameter" }).First.ClickAsync();
            await session.Find("#dialog").GetByLabel("Value").FillAsync("hello");
            await session.Find("#dialog").GetByRole(AriaRole.Button, new() { Name = "Set parameter" }).ClickAsync();

            await Expect(session.Row("greeting")).ToContainTextAsync("hello");
            await Expect(session.Find(".tabs .badge")).ToHaveCountAsync(0);
        }
        finally
        {
            dashboard.Host.Outcome = _ => new() { Success = true, Message = "Done." };
            dashboard.Host.Remove("greeting");
        }
    }

    [Theory]
    [InlineData("traces", "traces", "GET /cleared")]
    [InlineData("structuredlogs", "logs", "Counted request 204")]
    public async Task What_a_resource_sent_is_removed_from_its_page(string page, string signal, string text)
    {
        const string Sender = "counter-cleared";
        dashboard.Telemetry.AddRequest(204, instance: "cleared", path: "/cleared");
        await using var session = await dashboard.OpenAsync($"/{page}/resource/{Sender}");
        await Expect(session.Row(text)).ToHaveCountAsync(1);

        await session.Find("summary", new() { HasText = "Remove telemetry" }).ClickAsync();
        await session.Button($"Remove {signal} of {Sender}").ClickAsync();

        await Expect(session.Row(text)).ToHaveCountAsync(0);
        await Expect(session.Find(".toast")).ToHaveTextAsync("Done.");
        await session.GoAsync($"/{page}");
        await Expect(session.Find("main tbody tr")).Not.ToHaveCountAsync(0);
        dashboard.Dashboard.Telemetry.Clear(Sender);
    }

    [Fact]
    public async Task Keys_walk_through_rows_and_change_the_details()
    {
        await using var session = await dashboard.OpenAsync("/traces");
        var (keys, panel) = (session.Page.Keyboard, session.Find(".panel"));

        await keys.PressAsync("j");
        await keys.PressAsync("j");
        await keys.PressAsync("k");
        await Expect(session.Find("main tbody tr .row-link").First).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(session.Page).ToHaveURLAsync(new Regex("/traces/detail/"));
        await keys.PressAsync("j");
        await keys.PressAsync("Enter");
        await Expect(panel).ToHaveCountAsync(1);
        var width = await WidthAsync();
        await keys.PressAsync("+");
        Assert.True(await WidthAsync() > width);
        await keys.PressAsync("Shift+T");
        await Expect(session.Find("html.panel-below")).ToHaveCountAsync(1);
        await keys.PressAsync("Escape");
        await Expect(panel).ToHaveCountAsync(0);
        await keys.PressAsync("/");
        await Expect(session.Page.GetByPlaceholder("Filter spans")).ToBeFocusedAsync();

        Task<double> WidthAsync() => panel.EvaluateAsync<double>("e => e.getBoundingClientRect().width");
    }

    [Fact]
    public async Task A_span_that_is_selected_has_a_row_however_many_there_are()
    {
        const int Spans = 3_000;
        var resource = dashboard.Telemetry.Counter();
        var start = UnixTime.FromDateTime(DateTime.UtcNow);
        dashboard.Dashboard.Telemetry.Traces.Add([.. Enumerable.Range(1, Spans).Select(i => new Span { Resource = resource, Scope = InstrumentationScope.None, TraceId = new(2, 2), SpanId = new((ulong)i), ParentSpanId = new(i == 1 ? 0UL : 1), Name = $"step {i}", StartUnixNano = start + (ulong)i, EndUnixNano = start + Spans })], 0);

        await using var session = await dashboard.OpenAsync($"/traces/detail/{new TraceId(2, 2)}?spanId={new SpanId(2_500)}");

        await Expect(session.Find(".wf-row.selected")).ToContainTextAsync("step 2500");
        await Expect(session.Find(".wf-row.selected")).ToBeInViewportAsync();
        await Expect(session.Find(".wf-gap")).ToHaveTextAsync("479 rows between");
        await session.Find(".wf-link", new() { HasText = "step 2501" }).ClickAsync();
        await Expect(session.Find(".wf-row.selected")).ToContainTextAsync("step 2501");
    }

    [Fact]
    public async Task Messages_of_the_host_are_shown_counted_and_answered()
    {
        await using var session = await dashboard.OpenAsync("/traces");

        dashboard.Host.Ask(new() { Id = 78, Kind = Resources.InteractionKind.Notification, Title = "Newer images", Message = "There are **newer** images.", IsMarkdown = true, PrimaryButtonText = "Pull them" });
        await Expect(session.Find(".bar strong", new() { HasTextRegex = new("^newer$") })).ToBeVisibleAsync();
        await Expect(session.Find(".tools .badge")).ToHaveTextAsync("1");
        await session.Find(".bar").GetByRole(AriaRole.Button, new() { Name = "Pull them" }).ClickAsync();
        await Expect(session.Find(".bar", new() { HasText = "newer" })).ToHaveCountAsync(0);
        Assert.Contains(dashboard.Host.Answers, answer => answer is { Id: 78, Response.Result: true });

        dashboard.Host.Ask(new() { Id = 79, Kind = Resources.InteractionKind.MessageBox, Title = "Go on?", Message = "It takes a while.", ShowSecondaryButton = true, SecondaryButtonText = "No" });
        await session.Find("dialog.interaction").GetByRole(AriaRole.Button, new() { Name = "No" }).ClickAsync();
        await Expect(session.Find("dialog.interaction")).ToHaveCountAsync(0);
        Assert.Contains(dashboard.Host.Answers, answer => answer is { Id: 79, Response: { Result: false, IsCanceled: false } });

        dashboard.Host.Ask(new() { Id = 80, Kind = Resources.InteractionKind.Progress, Title = "Pulling" });
        await Expect(session.Find("dialog.interaction progress")).ToBeVisibleAsync();
        await session.Find("dialog.interaction").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(session.Find("dialog.interaction")).ToHaveCountAsync(0);
        Assert.Contains(dashboard.Host.Answers, answer => answer is { Id: 80, Response.IsCanceled: true });
    }

    [Theory]
    [InlineData("UTC", "utc", "10:20:30")]
    [InlineData("12 hours", "12", "12:20:30.000 pm")]
    public async Task Times_are_written_as_the_settings_say(string setting, string clock, string time)
    {
        var trace = dashboard.Telemetry.AddRequest(205, at: new DateTime(2026, 7, 1, 10, 20, 30, DateTimeKind.Utc));
        await using var session = await dashboard.OpenAsync("/settings");

        await session.Page.GetByLabel(setting).CheckAsync();
        await session.Button("Save").ClickAsync();
        await Expect(session.Find("html")).ToHaveAttributeAsync("data-clock", clock);
        await session.GoAsync($"/traces/detail/{trace}");

        await Expect(session.Find(".trace-facts time")).ToContainTextAsync(time);
    }
}
