namespace Aspire.Hosting.ApplicationModel;

/// <summary>The icon the dashboard shows for a resource.</summary>
public sealed class ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled) : IResourceAnnotation
{
    /// <summary>The name of the icon, such as <c>Database</c>.</summary>
    public string IconName { get; } = iconName ?? throw new ArgumentNullException(nameof(iconName));

    /// <summary>Its look.</summary>
    public IconVariant IconVariant { get; } = iconVariant;
}
