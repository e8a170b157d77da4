namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of a distributed application, such as a container, a project or a parameter.</summary>
public interface IResource
{
    /// <summary>The name of the resource, unique in the application without regard to case.</summary>
    string Name { get; }

    /// <summary>What is attached to the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
