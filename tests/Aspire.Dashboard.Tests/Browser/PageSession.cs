using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Aspire.Dashboard.Tests.Browser;

/// <summary>A page in a browser profile of its own. At its end nothing may have been reported on the browser's console.</summary>
internal sealed class PageSession : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentDictionary<IRequest, bool> _pending = new();

    public PageSession(IBrowserContext context, IPage page)
    {
        _context = context;
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

    /// <summary>Set by tests that provoke an answer which the browser reports, such as a page that is not there.</summary>
    public bool ExpectsErrors { get; set; }

    public async Task GoAsync(string path, bool script = true)
    {
        await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        if (script)
        {
            await ReadyAsync();
        }
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

    public ILocator Find(string selector, PageLocatorOptions? options = null) => Page.Locator(selector, options);

    public ILocator Row(string text) => Page.Locator("main tbody tr").Filter(new() { HasText = text });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        if (!ExpectsErrors)
        {
            Assert.Empty(_errors);
        }
    }
}
