using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The base of all resources.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public abstract class Resource : IResource
{
    /// <summary>Creates the resource with its name.</summary>
    protected Resource(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name of the resource.</summary>
    public virtual string Name { get; }

    /// <summary>What is attached to the resource.</summary>
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
