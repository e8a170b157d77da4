namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource into whose image files of other resources can be put.</summary>
public interface IContainerFilesDestinationResource : IResource
{
}
