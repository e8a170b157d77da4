namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection property that is added to those of the resource, or replaces one.</summary>
public sealed class ConnectionPropertyAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation.</summary>
    public ConnectionPropertyAnnotation(string name, ReferenceExpression referenceExpression)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(referenceExpression);
        Name = name;
        Value = referenceExpression;
    }

    /// <summary>The name of the property.</summary>
    public string Name { get; }

    /// <summary>Its value.</summary>
    public ReferenceExpression Value { get; }
}
