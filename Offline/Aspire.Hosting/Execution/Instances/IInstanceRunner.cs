using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Starts instances of one kind of resource.</summary>
internal interface IInstanceRunner
{
    /// <exception cref="DistributedApplicationException">It could not be started; the message says why.</exception>
    Task<RunningInstance> StartAsync(InstanceStart start, CancellationToken cancellationToken);
}

/// <summary>An instance that is about to start.</summary>
internal sealed record InstanceStart
{
    public required IResource Resource { get; init; }

    public required string Name { get; init; }

    public required ResourceEnvironment Environment { get; init; }

    /// <summary>For each endpoint: the loopback port on which the instance is reached.</summary>
    public required IReadOnlyDictionary<EndpointAnnotation, int> TargetPorts { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Takes a line of output, with true for one of standard error.</summary>
    public required Action<string, bool> OnLine { get; init; }

    /// <summary>Changes the snapshot while the start is under way.</summary>
    public required Func<Func<CustomResourceSnapshot, CustomResourceSnapshot>, Task> PublishAsync { get; init; }
}

/// <summary>An instance that runs.</summary>
internal sealed record RunningInstance
{
    /// <summary>Completes with the exit code, or null where there is none.</summary>
    public required Task<int?> Exited { get; init; }

    public required Func<Task> StopAsync { get; init; }

    /// <summary>The facts to show.</summary>
    public ImmutableArray<ResourcePropertySnapshot> Properties { get; init; } = [];

    public DateTime StartedAt { get; init; } = DateTime.UtcNow;

    /// <summary>The state after its end: a program finishes, a container exits.</summary>
    public string EndState { get; init; } = KnownResourceStates.Finished;

    /// <summary>False for what goes on without the host, such as a persistent container.</summary>
    public bool EndsWithHost { get; init; } = true;
}
