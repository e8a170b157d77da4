using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The life of the host is the test's business: Ctrl+C is for the test runner.</summary>
internal sealed class TestHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
