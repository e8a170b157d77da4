using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Shared.Browser.Expectations;

namespace EndToEnd.Tests;

/// <summary>What the dashboard shows of an AppHost that has what the tutorial's does not: <c>tests/Programs/Showcase</c>.</summary>
[Collection(nameof(NetworkTurns))]
public sealed class ShowcaseTests(ShowcaseTests.Run run) : IClassFixture<ShowcaseTests.Run>
{
    [Fact]
    public async Task Results_of_commands_are_shown_as_json_as_markdown_and_as_failures()
    {
        await using var visit = await run.Browser.VisitAsync("/?resource=worker");

        await CommandAsync(visit, "As JSON");
        await Expect(visit.Find("#dialog .result .json-key").First).ToHaveTextAsync("\"requests\"");
        await Expect(visit.Find("#dialog .result")).ToContainTextAsync("<b>");
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.Find("#dialog").GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Expect(visit.Find(".toast")).ToHaveTextAsync("Copied.");
        Assert.Contains("\"requests\": 42", await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("Escape");
        await CommandAsync(visit, "As Markdown");
        await Expect(visit.Find("#dialog .markdown strong")).ToHaveTextAsync("42");
        await Expect(visit.Find("#dialog .markdown b")).ToHaveCountAsync(0);
        await visit.Page.Keyboard.PressAsync("Escape");
        await CommandAsync(visit, "Refuse");
        await Expect(visit.Find("#dialog [data-outcome=error] .note")).ToContainTextAsync("It does not want to.");
        await Expect(visit.Find("#dialog .result .json-key")).ToHaveTextAsync("\"reason\"");
        await visit.Page.Keyboard.PressAsync("Escape");
        await CommandAsync(visit, "Break");
        await Expect(visit.Find("#dialog [data-outcome=error] .note")).ToContainTextAsync("It broke.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hidden_resources_are_shown_when_they_are_asked_for(bool script)
    {
        await using var visit = await run.Browser.VisitAsync("/", options => options.JavaScriptEnabled = script);
        await Expect(Row(visit, "worker")).ToHaveCountAsync(1);
        await Expect(Row(visit, "migration")).ToHaveCountAsync(0);

        await visit.Find("summary", "Filter").ClickAsync();
        await visit.Page.GetByLabel("Show hidden resources").CheckAsync();
        if (!script)
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        }

        await Expect(Row(visit, "migration")).ToContainTextAsync("Running");
        await Row(visit, "migration").Locator(".row-link").ClickAsync();
        await Expect(visit.Find(".panel h2")).ToHaveTextAsync("migration");
    }

    [Fact]
    public async Task Values_that_are_missing_are_entered_and_what_waits_for_them_starts()
    {
        await using var visit = await run.Browser.VisitAsync("/");
        var (bar, badge, dialog) = (visit.Find(".bar", "Unresolved parameters"), visit.Find(".tabs .badge"), visit.Find("dialog.interaction"));
        await Expect(badge).ToHaveTextAsync("2");
        await Expect(Row(visit, "waiting")).Not.ToContainTextAsync("Running");

        // One of them by its command.
        await visit.Find(".tabs a", "Parameters").ClickAsync();
        await Expect(Row(visit, "greeting")).ToContainTextAsync("Value missing");
        await Row(visit, "greeting").GetByRole(AriaRole.Link, new() { Name = "Set parameter" }).First.ClickAsync();
        await Expect(visit.Find("#dialog")).ToContainTextAsync("What the worker says.");
        await visit.Find("#dialog").GetByLabel("greeting").FillAsync("good morning");
        await visit.Find("#dialog").GetByRole(AriaRole.Button, new() { Name = "Set parameter" }).ClickAsync();
        await Expect(Row(visit, "greeting")).ToContainTextAsync("good morning");
        await Expect(badge).ToHaveTextAsync("1");

        // The other one as the host asks for it.
        await bar.GetByRole(AriaRole.Button, new() { Name = "Enter values" }).ClickAsync();
        await Expect(dialog.GetByLabel("greeting")).ToHaveCountAsync(0);
        await dialog.GetByLabel("token").FillAsync("t0p secret");
        await dialog.GetByLabel("Save to user secrets").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(bar).ToHaveCountAsync(0);
        await Expect(badge).ToHaveCountAsync(0);
        await Expect(Row(visit, "token").GetByText("t0p secret")).ToBeHiddenAsync();
        Assert.Contains(Directory.EnumerateFiles(run.Home, "secrets.json", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("t0p secret", StringComparison.Ordinal));
        await visit.GoAsync("/consolelogs/resource/waiting");
        await Expect(visit.Find("#console .line", "good morning")).ToHaveCountAsync(1);

        // Without its value it is asked for again, until it has one, however it comes by it.
        await visit.GoAsync("/?view=Parameters");
        await Row(visit, "token").Locator("summary[title='More']").ClickAsync();
        await Row(visit, "token").Locator(".menu").GetByText("Delete parameter").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, delete parameter" }).ClickAsync();
        await Expect(Row(visit, "token")).ToContainTextAsync("Value missing");
        await Expect(bar).ToHaveCountAsync(1);
        await Row(visit, "token").GetByRole(AriaRole.Link, new() { Name = "Set parameter" }).First.ClickAsync();
        await visit.Find("#dialog").GetByLabel("token").FillAsync("another");
        await visit.Find("#dialog").GetByRole(AriaRole.Button, new() { Name = "Set parameter" }).ClickAsync();
        await Expect(badge).ToHaveCountAsync(0);
        await Expect(bar).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Messages_of_the_host_are_answered_and_progress_is_called_off()
    {
        await using var visit = await run.Browser.VisitAsync("/?resource=worker");
        var dialog = visit.Find("dialog.interaction");

        await CommandAsync(visit, "Delete");
        await Expect(dialog.Locator("strong")).ToHaveTextAsync("42");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(visit.Find(".toast.success")).ToHaveTextAsync("No.");

        await CommandAsync(visit, "Tell");
        await Expect(visit.Find(".bar", "Newer images").GetByRole(AriaRole.Link, new() { Name = "Which" })).ToHaveAttributeAsync("href", "https://example.com/images");
        await visit.Find(".bar").GetByRole(AriaRole.Button, new() { Name = "Pull them" }).ClickAsync();
        await Expect(visit.Find(".toast", "Yes.")).ToHaveCountAsync(1);
        await Expect(visit.Find(".bar", "Newer images")).ToHaveCountAsync(0);

        await CommandAsync(visit, "Work");
        await Expect(dialog.Locator("progress")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(visit.Find(".toast", "Called off.")).ToHaveCountAsync(1);
        await Expect(dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_a_command_asks_meanwhile_is_checked_and_answered_while_it_waits()
    {
        await using var visit = await run.Browser.VisitAsync("/?resource=worker");
        var dialog = visit.Find("dialog.interaction");

        await CommandAsync(visit, "Choose");
        await visit.Find("#dialog").GetByLabel("Title").FillAsync("Where to?");
        await visit.Find("#dialog").GetByRole(AriaRole.Button, new() { Name = "Choose" }).ClickAsync();
        await Expect(dialog.Locator("h2")).ToHaveTextAsync("Where to?");
        await dialog.GetByLabel("Region").SelectOptionAsync("Europe");
        await dialog.GetByLabel("A spare one").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "OK" }).ClickAsync();
        await Expect(dialog.Locator("[data-field=size] .field-error")).ToHaveTextAsync("Three is the size there is.");
        // The page is updated after each answer.
        await visit.Page.WaitForTimeoutAsync(1_000);
        await Expect(dialog.Locator("[data-field=size] .field-error")).ToHaveTextAsync("Three is the size there is.");
        await dialog.GetByLabel("Size").FillAsync("3");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "OK" }).ClickAsync();

        await Expect(visit.Find("#dialog .result")).ToHaveTextAsync(new Regex("region=eu\\s+size=3\\s+spare=true"));
    }

    [Fact]
    public async Task Thousands_of_console_lines_are_all_there()
    {
        await using var visit = await run.Browser.VisitAsync("/consolelogs/resource/worker");

        await Expect(visit.Page.Locator("#console .text", new() { HasTextRegex = new(@"^line \d+$") })).ToHaveCountAsync(2500);
        await Expect(visit.Find("#console .line").Last).ToBeInViewportAsync();
        await visit.Find("#console-filter").FillAsync("line 24");
        await Expect(visit.Find("#console .line:visible")).ToHaveCountAsync(111);
    }

    private static ILocator Row(Visit visit, string name) => visit.Find($"main tbody tr[data-key='{name}'], main tbody tr[data-key^='{name}-']");

    private static Task CommandAsync(Visit visit, string name) => visit.Find(".panel .commands, .panel").GetByText(name, new() { Exact = true }).First.ClickAsync();

    /// <summary>The AppHost, started once for these tests.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private AppHostProcess? _host;

        internal DashboardBrowser Browser { get; private set; } = null!;

        internal string Home { get; } = AppHostProcess.NewHome();

        public async ValueTask InitializeAsync()
        {
            _host = AppHostProcess.StartOther("tests/Programs/Showcase", Home);
            Browser = await DashboardBrowser.OpenAsync(_host);
        }

        public async ValueTask DisposeAsync()
        {
            if (Browser is not null)
            {
                await Browser.DisposeAsync();
            }

            if (_host is not null)
            {
                await _host.DisposeAsync();
            }
        }
    }
}
