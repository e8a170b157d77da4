using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The application of an AppHost under test. The AppHost runs it: starting it here lets the AppHost go on, stopping it ends the AppHost.</summary>
internal sealed class ApplicationOfFactory(DistributedApplicationFactory factory, DistributedApplication inner) : DistributedApplication(inner)
{
    public override async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stopped = Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        using var cancelled = cancellationToken.Register(stopping.SetResult);
        await stopping.Task.ConfigureAwait(false);
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    public override Task StartAsync(CancellationToken cancellationToken = default) => factory.StartAsync(cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken = default) => factory.StopAsync(cancellationToken);

    public override void Dispose()
    {
        factory.Dispose();
        base.Dispose();
    }

    public override async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
