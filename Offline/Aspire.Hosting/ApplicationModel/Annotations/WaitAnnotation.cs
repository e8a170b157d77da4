namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that must be there before this one starts.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The resource that is waited for.</summary>
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>What is waited for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>What happens when the resource cannot get there; null for the default of the application.</summary>
    public WaitBehavior? WaitBehavior { get; init; }

    /// <summary>The exit code with which the resource must complete.</summary>
    public int ExitCode { get; } = exitCode;
}
