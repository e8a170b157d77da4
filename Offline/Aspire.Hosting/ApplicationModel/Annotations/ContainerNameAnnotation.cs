namespace Aspire.Hosting.ApplicationModel;

/// <summary>The name a container gets instead of a generated one.</summary>
public sealed class ContainerNameAnnotation : IResourceAnnotation
{
    /// <summary>The name.</summary>
    public required string Name { get; set; }
}
