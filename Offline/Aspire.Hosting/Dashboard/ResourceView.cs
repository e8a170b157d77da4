using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using Aspire.Dashboard.Resources;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;

namespace Aspire.Hosting.Dashboard;

/// <summary>A snapshot as the dashboard takes it.</summary>
internal static class ResourceView
{
    public static ResourceViewModel Of(ResourceEvent change)
    {
        var (resource, snapshot) = (change.Resource, change.Snapshot);
        return new ResourceViewModel
        {
            Name = change.ResourceId,
            DisplayName = resource.Name,
            InstanceId = change.ResourceId == resource.Name ? null : InstanceNames.IdOf(resource.Name, change.ResourceId),
            ResourceType = snapshot.ResourceType,
            State = snapshot.State?.Text,
            StateStyle = snapshot.State?.Style ?? StyleOf(snapshot),
            HealthStatus = snapshot.HealthStatus?.ToString(),
            ExitCode = snapshot.ExitCode,
            CreatedAt = snapshot.CreationTimeStamp,
            StartedAt = snapshot.StartTimeStamp,
            StoppedAt = snapshot.StopTimeStamp,
            Source = SourceOf(snapshot),
            IsHidden = snapshot.IsHidden,
            IconName = snapshot.IconName,
            ParentName = Text(snapshot, KnownProperties.ParentName),
            StaleReason = snapshot.StaleReason,
            Environment = [.. snapshot.EnvironmentVariables.Select(variable => new EnvironmentVariable(variable.Name, variable.Value, variable.IsFromSpec, variable.IsSecret))],
            Properties = [.. snapshot.Properties.Select(property => new ResourceProperty(property.Name, property.DisplayName, Text(property.Value) ?? "", property.IsSensitive))],
            Urls = [.. snapshot.Urls.Select(url => new ResourceUrl(url.Name, url.Url, url.DisplayProperties.DisplayName is { Length: > 0 } text ? text : null, url.IsInternal, url.IsInactive, url.DisplayProperties.SortOrder))],
            Volumes = [.. snapshot.Volumes.Select(volume => new ResourceVolume(volume.Source, volume.Target, volume.MountType, volume.IsReadOnly))],
            HealthReports = [.. snapshot.HealthReports.Select(report => new HealthReport(report.Name, report.Status?.ToString(), report.Description, report.ExceptionText, report.LastRunAt))],
            Relationships = [.. snapshot.Relationships.Select(relationship => new ResourceRelationship(relationship.ResourceName, relationship.Type, relationship.Alias))],
            Commands = Commands(snapshot),
        };
    }

    private static string? StyleOf(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running ? KnownResourceStateStyles.Success
        : snapshot.State?.Text == KnownResourceStates.FailedToStart || snapshot.ExitCode is not (null or 0) ? KnownResourceStateStyles.Error
        : null;

    private static string? SourceOf(CustomResourceSnapshot snapshot) =>
        Text(snapshot, KnownProperties.Source)
        ?? Path.GetFileName(Text(snapshot, KnownProperties.ProjectPath))
        ?? Text(snapshot, KnownProperties.ContainerImage)
        ?? Text(snapshot, KnownProperties.ExecutablePath);

    private static string? Text(CustomResourceSnapshot snapshot, string property) =>
        Text(snapshot.Properties.FirstOrDefault(candidate => candidate.Name == property)?.Value);

    private static ImmutableArray<ResourceCommand> Commands(CustomResourceSnapshot snapshot) =>
    [
        .. snapshot.Commands
            .Where(command => command.Visibility.HasFlag(ResourceCommandVisibility.UI))
            .Select(command => new ResourceCommand
            {
                Name = command.Name,
                DisplayName = command.DisplayName,
                Description = command.DisplayDescription,
                ConfirmationMessage = command.ConfirmationMessage,
                IconName = command.IconName,
                IsHighlighted = command.IsHighlighted,
                State = command.State switch
                {
                    ResourceCommandState.Enabled => CommandState.Enabled,
                    ResourceCommandState.Disabled => CommandState.Disabled,
                    _ => CommandState.Hidden,
                },
                Arguments = InteractionInputs.Show(command.Arguments),
            }),
    ];

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        IEnumerable values => string.Join(' ', values.Cast<object?>().Select(Text)),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
