namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that has no life cycle: it is neither started nor waited for.</summary>
public interface IResourceWithoutLifetime : IResource
{
}
