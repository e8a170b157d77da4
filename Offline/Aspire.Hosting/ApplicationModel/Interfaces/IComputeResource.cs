namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that computes: a project, a container or an executable.</summary>
public interface IComputeResource : IResource
{
}
