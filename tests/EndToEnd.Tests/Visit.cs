using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>A tab of the browser. At its end nothing may have been reported on the browser's console.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentDictionary<IRequest, bool> _pending = new();

    public Visit(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _errors.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        page.Request += (_, request) => _pending[request] = true;
        page.RequestFinished += (_, request) => _pending.TryRemove(request, out var _);
        page.RequestFailed += (_, request) => _pending.TryRemove(request, out var _);
        page.PageError += (_, error) => _errors.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await ReadyAsync();
    }

    private async Task ReadyAsync()
    {
        try
        {
            await Page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Page.Url} did not become ready. Reported: {string.Join("; ", _errors)}. Not answered: {string.Join(", ", _pending.Keys.Select(request => request.Url))}");
        }
    }

    public ILocator Find(string selector) => Page.Locator(selector);

    public ILocator Find(string selector, string text) => Page.Locator(selector, new() { HasText = text });

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        Assert.Empty(_errors);
    }
}
