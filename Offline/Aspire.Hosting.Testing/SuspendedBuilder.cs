namespace Aspire.Hosting.Testing;

/// <summary>The builder of an AppHost that waits in its call of Build.</summary>
internal sealed class SuspendedBuilder(DistributedApplicationFactory factory, DistributedApplicationBuilder inner) : ForwardingBuilder(inner)
{
    private ApplicationOfFactory? _application;

    public override async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
        _application ??= new ApplicationOfFactory(factory, await factory.BuiltAsync(cancellationToken).ConfigureAwait(false));

    public override ValueTask DisposeAsync() => factory.DisposeAsync();
}
