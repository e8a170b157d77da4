namespace Aspire.Hosting.ApplicationModel;

/// <summary>The environment the resource is published to.</summary>
/// <param name="computeEnvironment">The environment.</param>
internal sealed class ComputeEnvironmentAnnotation(IComputeEnvironmentResource computeEnvironment) : IResourceAnnotation
{
    /// <summary>The environment.</summary>
    public IComputeEnvironmentResource ComputeEnvironment { get; } = computeEnvironment;
}
