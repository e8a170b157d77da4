using System.Globalization;
using EndToEnd.Tests;
using Microsoft.Playwright;
using Shared;

[assembly: AssemblyFixture(typeof(CountedRun))]

namespace EndToEnd.Tests;

/// <summary>
/// The AppHost with redis-server behind it after some counted requests, and a browser that is logged in. Started by the first test that asks;
/// the tests that use it run in turn.
/// </summary>
public sealed class CountedRun : IAsyncLifetime
{
    private Task? _started;
    private AppHostProcess? _host;
    private DashboardBrowser? _browser;
    private Uri? _dashboard;
    private Uri? _counter;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>How many requests were counted so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Opens a page of the dashboard.</summary>
    internal async Task<Visit> VisitAsync(string path)
    {
        await StartAsync();
        return await _browser!.VisitAsync(path);
    }

    /// <summary>Opens a page in a browser like the other one, but for what is configured.</summary>
    internal async Task<Visit> VisitAsync(string path, Action<BrowserNewContextOptions> configure, Func<IPage, Task>? prepare = null)
    {
        await StartAsync();
        return await _browser!.VisitAsync(path, configure, prepare);
    }

    /// <summary>Counts a request and waits until the dashboard has its trace.</summary>
    internal async Task CountAsync()
    {
        // Not one more than before, necessarily: one that was told it is not known whether it is counted may be.
        var answer = await _host!.Http.GetStringAsync(_counter);
        Requests = int.Parse(answer.Split("Total requests: ")[1].Split('\n')[0], CultureInfo.InvariantCulture);
        await TracedAsync();
    }

    /// <summary>Counts many requests, all of one trace if it is given, and waits until the dashboard has that of the last number.</summary>
    internal async Task CountAsync(int requests, string? traceparent = null)
    {
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _counter);
            if (traceparent is not null)
            {
                request.Headers.Add("traceparent", traceparent);
            }

            using var answer = await _host!.Http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
        });
        Requests += requests;
        await TracedAsync();
    }

    /// <summary>Sends a request that need not be counted, for the store may be away.</summary>
    internal Task<HttpResponseMessage> AskAsync() => _host!.Http.GetAsync(_counter);

    private Task TracedAsync() => _host!.UntilAsync("the last request has its trace", async () =>
        (await _host.Http.GetStringAsync(new Uri(_dashboard!, $"/go/suggest?q={Requests}"))).Contains(string.Create(CultureInfo.InvariantCulture, $"Request number {Requests:N0}"), StringComparison.Ordinal));

    /// <summary>Once: what does not start keeps the first test waiting, not each.</summary>
    private Task StartAsync() => _started ??= StartCoreAsync();

    private async Task StartCoreAsync()
    {
        Tools.Require("chromium");
        _host = AppHostProcess.Start(AppHostProcess.NewHome(), Stores.RedisServer());
        _dashboard = await _host.LoginAsync();
        _counter = await _host.CounterAsync(_dashboard);
        await _host.FirstAnswerAsync(_counter);
        for (Requests = 1; Requests < 3; Requests++)
        {
            await _host.Http.GetStringAsync(_counter);
        }

        await TracedAsync();
        _browser = await DashboardBrowser.OpenAsync(_host);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
