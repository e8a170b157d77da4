using Microsoft.Playwright;
using Shared.Browser;

namespace EndToEnd.Tests;

/// <summary>A tab of the browser. At its end nothing may have been reported on the browser's console.</summary>
internal sealed class Visit(IPage page, bool script = true) : IAsyncDisposable
{
    private readonly PageWatch _watch = new(page);

    public IPage Page { get; } = page;

    public Task GoAsync(string path) => _watch.GoAsync(path, script);

    public ILocator Find(string selector) => Page.Locator(selector);

    public ILocator Find(string selector, string text) => Page.Locator(selector, new() { HasText = text });

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        Assert.Empty(_watch.Errors);
    }
}
