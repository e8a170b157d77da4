namespace Aspire.Hosting.ApplicationModel;

/// <summary>An environment that resources are published to.</summary>
public interface IComputeEnvironmentResource : IResource
{
}
