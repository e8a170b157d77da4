using Aspire.Dashboard.Resources;

namespace Aspire.Dashboard.Pages.ResourceViews;

/// <summary>What the well-known properties of a resource are called in its details.</summary>
internal static class PropertyNames
{
    private static readonly Dictionary<string, string> s_labels = new(StringComparer.Ordinal)
    {
        ["resource.connectionString"] = "Connection string",
        ["resource.connectionProperties"] = "Connection properties",
        ["resource.parentName"] = "Parent",
        ["resource.appArgs"] = "Arguments",
        ["resource.waitingFor"] = "Waiting for",
        ["container.id"] = "Container id",
        ["container.image"] = "Image",
        ["container.ports"] = "Container ports",
        ["container.command"] = "Command",
        ["container.args"] = "Container arguments",
        ["container.lifetime"] = "Lifetime",
        ["executable.path"] = "Program",
        ["executable.pid"] = "Process id",
        ["executable.workDir"] = "Working directory",
        ["executable.args"] = "Process arguments",
        ["project.path"] = "Project",
        ["project.launchProfile"] = "Launch profile",
    };

    /// <summary>Not what says nothing, what is shown above the properties anyway, and what only tells how to show another one.</summary>
    public static bool IsShown(ResourceProperty property) => property.Value.Length > 0 && property.Name is not ("resource.source" or "resource.appArgsSensitivity");

    /// <summary>The name to show.</summary>
    public static string Label(ResourceProperty property) => property.DisplayName ?? s_labels.GetValueOrDefault(property.Name, property.Name);
}
