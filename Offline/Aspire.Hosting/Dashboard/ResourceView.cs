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
            StateStyle = snapshot.State?.Style,
            HealthStatus = snapshot.HealthStatus?.ToString(),
            ExitCode = snapshot.ExitCode,
            CreatedAt = snapshot.CreationTimeStamp,
            StartedAt = snapshot.StartTimeStamp,
            StoppedAt = snapshot.StopTimeStamp,
            Source = Text(snapshot.Properties.FirstOrDefault(property => property.Name == KnownProperties.Source)?.Value),
            IsHidden = snapshot.IsHidden,
            IconName = snapshot.IconName,
            ParentName = Text(snapshot.Properties.FirstOrDefault(property => property.Name == KnownProperties.ParentName)?.Value),
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
