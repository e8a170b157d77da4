namespace Aspire.Hosting.ApplicationModel;

/// <summary>The model of a distributed application: its resources.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    /// <summary>Creates the model of the resources.</summary>
    public DistributedApplicationModel(IEnumerable<IResource> resources)
        : this(new ResourceCollection(resources))
    {
    }

    /// <summary>The resources.</summary>
    public IResourceCollection Resources { get; } = resources ?? throw new ArgumentNullException(nameof(resources));
}
