using EndToEnd.Tests;

[assembly: AssemblyFixture(typeof(LinkedApplication))]

namespace EndToEnd.Tests;

/// <summary>One running AppHost for the tests that look at the link and change nothing that another one looks at. Started by the first of them.</summary>
public sealed class LinkedApplication : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task<Running>? _running;

    internal Task<Running> StartAsync()
    {
        lock (_lock)
        {
            return _running ??= StartCoreAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is { IsCompletedSuccessfully: true })
        {
            await (await _running).Host.DisposeAsync();
        }
    }

    private static async Task<Running> StartCoreAsync()
    {
        var host = AppHostProcess.Start(AppHostProcess.NewHome(), Stores.RedisServer());
        var dashboard = await host.LoginAsync();
        var counter = await host.CounterAsync(dashboard);
        await host.FirstAnswerAsync(counter);
        return new(host, dashboard, counter);
    }

    internal sealed record Running(AppHostProcess Host, Uri Dashboard, Uri Counter);
}
