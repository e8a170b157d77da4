using Aspire.Dashboard.Resources;

namespace Aspire.Dashboard.Pages.ResourceViews;

/// <summary>How the state of a resource looks.</summary>
internal static class ResourceStates
{
    /// <summary><c>ok</c>, <c>bad</c>, <c>warn</c>, <c>busy</c> or <c>off</c>.</summary>
    public static string Tone(ResourceViewModel resource) => resource switch
    {
        { State: "Running", HealthStatus: "Unhealthy" } => "warn",
        { State: "Running", HealthStatus: "Degraded" } => "warn",
        { StateStyle: "success" } => "ok",
        { StateStyle: "error" } => "bad",
        { StateStyle: "warning" } => "warn",
        { State: "Running" or "Active" } => "ok",
        { State: "FailedToStart" or "RuntimeUnhealthy" } => "bad",
        { State: "Exited" or "Finished", ExitCode: not (null or 0) } => "bad",
        { State: "ValueMissing" } => "warn",
        { State: "Starting" or "Stopping" or "Waiting" or "Building" } => "busy",
        _ => "off",
    };

    public static string Icon(ResourceViewModel resource) => Tone(resource) switch
    {
        "ok" => "ok",
        "bad" => "error",
        "warn" => resource.State == "Running" ? "unhealthy" : "warning",
        "busy" => "busy",
        _ => "off",
    };

    /// <summary>The words beside the icon.</summary>
    public static string Label(ResourceViewModel resource) => resource switch
    {
        { State: null } => "Unknown",
        { State: "FailedToStart" } => "Failed to start",
        { State: "RuntimeUnhealthy" } => "Runtime unhealthy",
        { State: "NotStarted" } => "Not started",
        { State: "ValueMissing" } => "Value missing",
        { State: "Running", HealthStatus: { } health and not "Healthy" } => $"Running ({health})",
        { State: "Exited" or "Finished", ExitCode: { } code and not 0 } => $"{resource.State} ({code})",
        _ => resource.State,
    };

    public static string TypeIcon(ResourceViewModel resource) => resource switch
    {
        { IconName: { } name } when name.Contains("Database", StringComparison.OrdinalIgnoreCase) => "database",
        { ResourceType: "Project" } => "project",
        { ResourceType: "Container" } => resource.Source?.Contains("redis", StringComparison.OrdinalIgnoreCase) == true ? "database" : "container",
        { ResourceType: "Executable" or "Tool" } => "executable",
        { ResourceType: "Parameter" } => "key",
        { ResourceType: "ConnectionString" or "ExternalService" } => "link",
        _ => "resources",
    };

    public static string CommandIcon(ResourceCommand command) => command.Name switch
    {
        "start" or "resource-start" => "play",
        "stop" or "resource-stop" => "stop",
        "restart" or "resource-restart" => "restart",
        _ when command.IconName?.Contains("Delete", StringComparison.OrdinalIgnoreCase) == true => "trash",
        _ when command.IconName?.Contains("Key", StringComparison.OrdinalIgnoreCase) == true => "key",
        _ when command.IconName?.Contains("Link", StringComparison.OrdinalIgnoreCase) == true || command.IconName?.Contains("Plug", StringComparison.OrdinalIgnoreCase) == true => "link",
        _ => "console",
    };

    public static bool IsParameter(ResourceViewModel resource) => resource.ResourceType == "Parameter";

    /// <summary>The name to show: that of the model as long as no replica shares it.</summary>
    public static string ShownName(ResourceViewModel resource, IReadOnlyList<ResourceViewModel> all) =>
        all.Count(r => Names.Same(r.DisplayName, resource.DisplayName)) > 1 ? resource.Name : resource.DisplayName;
}
