using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Has a resource, such as the environment the others are deployed to, do its part of a publish step.</summary>
/// <param name="publish">What is done.</param>
internal sealed class PublishStepAnnotation(Func<PublishStepContext, Task> publish) : IResourceAnnotation
{
    /// <summary>The step in which everything is published.</summary>
    public const string Step = "publish";

    public Func<PublishStepContext, Task> Publish { get; } = publish;
}

/// <summary>What a resource that publishes gets.</summary>
internal sealed record PublishStepContext(DistributedApplicationModel Model, DistributedApplicationExecutionContext ExecutionContext, IServiceProvider Services, string OutputPath, CancellationToken CancellationToken);
