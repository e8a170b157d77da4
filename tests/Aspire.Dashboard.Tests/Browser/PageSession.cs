using Microsoft.Playwright;
using Shared.Browser;

namespace Aspire.Dashboard.Tests.Browser;

/// <summary>A page in a browser profile of its own. At its end nothing may have been reported on the browser's console.</summary>
internal sealed class PageSession(IBrowserContext context, IPage page) : IAsyncDisposable
{
    private readonly PageWatch _watch = new(page);

    public IPage Page { get; } = page;

    /// <summary>Set by tests that provoke an answer which the browser reports, such as a page that is not there.</summary>
    public bool ExpectsErrors { get; set; }

    public Task GoAsync(string path, bool script = true) => _watch.GoAsync(path, script);

    public ILocator Find(string selector, PageLocatorOptions? options = null) => Page.Locator(selector, options);

    public ILocator Row(string text) => Page.Locator("main tbody tr").Filter(new() { HasText = text });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        if (!ExpectsErrors)
        {
            Assert.Empty(_watch.Errors);
        }
    }
}
