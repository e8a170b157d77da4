namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is given parameters by name.</summary>
public interface IResourceWithParameters : IResource
{
    /// <summary>The parameters by name.</summary>
    IDictionary<string, object?> Parameters { get; }
}
