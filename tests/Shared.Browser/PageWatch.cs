using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Shared.Browser;

/// <summary>What a page of the dashboard reports on the browser's console, and what it still waits for.</summary>
internal sealed class PageWatch
{
    private readonly IPage _page;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentDictionary<IRequest, bool> _pending = new();

    public PageWatch(IPage page)
    {
        _page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
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

    /// <summary>Waits until the scripts of the page have run.</summary>
    public async Task ReadyAsync()
    {
        try
        {
            await _page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{_page.Url} did not become ready. Reported: {string.Join("; ", _errors)}. Not answered: {string.Join(", ", _pending.Keys.Select(request => request.Url))}");
        }
    }
}
