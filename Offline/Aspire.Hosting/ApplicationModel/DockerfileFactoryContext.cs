namespace Aspire.Hosting.ApplicationModel;

/// <summary>What who writes a Dockerfile gets.</summary>
public sealed class DockerfileFactoryContext
{
    /// <summary>The services of the host.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource whose image is built.</summary>
    public required IResource Resource { get; init; }

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; init; }
}
