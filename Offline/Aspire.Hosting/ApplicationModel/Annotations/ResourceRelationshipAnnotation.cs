namespace Aspire.Hosting.ApplicationModel;

/// <summary>A relationship to another resource, for display.</summary>
public sealed class ResourceRelationshipAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    public ResourceRelationshipAnnotation(IResource resource, string type)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(type);
        Resource = resource;
        Type = type;
    }

    /// <summary>The other resource.</summary>
    public IResource Resource { get; }

    /// <summary>The kind of relationship, such as <c>Reference</c>.</summary>
    public string Type { get; }

    /// <summary>The name a reference knows the other by: the <c>redis</c> of a link.</summary>
    internal string? Alias { get; init; }
}
