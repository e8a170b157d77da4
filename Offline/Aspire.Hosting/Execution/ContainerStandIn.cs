using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>
/// Lets an integration run something else in place of its container, such as a program on PATH when there is no container engine.
/// The model stays a container: only what runs behind its endpoints differs.
/// </summary>
/// <param name="choose">Asked at every start, once environment and arguments are known. Null runs the container. A thrown <see cref="DistributedApplicationException"/> fails the start with its message.</param>
internal sealed class ContainerStandInAnnotation(Func<ContainerStandInContext, CancellationToken, Task<ProcessStandIn?>> choose) : IResourceAnnotation
{
    public Func<ContainerStandInContext, CancellationToken, Task<ProcessStandIn?>> Choose { get; } = choose;
}

/// <summary>What is known of a container that is about to start.</summary>
internal sealed class ContainerStandInContext
{
    public required IResource Resource { get; init; }

    public required IServiceProvider Services { get; init; }

    /// <summary>The resource's own log, shown on its console page.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The evaluated environment of the container.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The evaluated arguments of the container.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>For each endpoint by name: the loopback port the process must listen on.</summary>
    public required IReadOnlyDictionary<string, int> TargetPorts { get; init; }

    /// <summary>The arguments of the container, if that is what runs; one word each, before a shell gets them as one script. At first those of the model; what is changed here is neither shown nor published.</summary>
    public IList<string> ContainerArguments { get; init; } = [];

    /// <summary>Null when a healthy container engine has the image or can pull it; else the reason, in one line.</summary>
    public required Func<CancellationToken, Task<string?>> WhyNoContainerAsync { get; init; }
}

/// <summary>A process that runs in place of a container. It dies with the host, as every process the host starts.</summary>
internal sealed record ProcessStandIn
{
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Added to the environment of the host; never shown.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? WorkingDirectory { get; init; }

    /// <summary>Written to standard input, which is closed after it: the place for a configuration that holds a password.</summary>
    public string? StandardInput { get; init; }

    /// <summary>What the dashboard shows as the source, such as <c>redis-server 7.0.15</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Awaited after the process has ended, to remove what was made for it.</summary>
    public Func<Task>? CleanUp { get; init; }
}
