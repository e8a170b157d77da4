using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Shared.Browser;

/// <summary>Opens pages of the dashboard and keeps what they report on the browser's console, and what they still wait for.</summary>
internal sealed class PageWatch
{
    // A network of this machine came or went, as it does with every container of other tests: the browser gives up all that is under way.
    // The pages must get over that, and a test of theirs shows that they do; what the browser says of it is no error of theirs.
    private const string NetworkChanged = "net::ERR_NETWORK_CHANGED";

    private readonly IPage _page;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentDictionary<IRequest, bool> _pending = new();

    public PageWatch(IPage page)
    {
        _page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains(NetworkChanged, StringComparison.Ordinal))
            {
                _errors.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _errors.Enqueue($"{page.Url}: {error}");
        page.Request += (_, request) => _pending[request] = true;
        page.RequestFinished += (_, request) => _pending.TryRemove(request, out var _);
        page.RequestFailed += (_, request) => _pending.TryRemove(request, out var _);
    }

    /// <summary>Errors and warnings so far.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Opens a page and waits, unless it has no scripts, until these have run.</summary>
    public async Task GoAsync(string path, bool script = true)
    {
        try
        {
            await OpenAsync(_page, path);
            if (script)
            {
                await _page.WaitForSelectorAsync("html[data-ready]:not([data-incomplete])", new() { State = WaitForSelectorState.Attached });
            }
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{path} did not become ready. Reported: {string.Join("; ", _errors)}. Not answered: {string.Join(", ", _pending.Keys.Select(request => request.Url))}");
        }
    }

    /// <summary>Opens a page, again when the browser gave it up because a network of this machine came or went.</summary>
    public static async Task OpenAsync(IPage page, string path)
    {
        while (true)
        {
            try
            {
                await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
                return;
            }
            catch (PlaywrightException problem) when (problem.Message.Contains(NetworkChanged, StringComparison.Ordinal))
            {
                // A browser with a window loads it again by itself.
            }
        }
    }
}
