using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The parts of a snapshot that follow from the model: its beginning, its health reports and its commands.</summary>
internal static class SnapshotUpkeep
{
    public static CustomResourceSnapshot Initial(IResource resource)
    {
        var snapshot = resource.Annotations.OfType<ResourceSnapshotAnnotation>().LastOrDefault()?.InitialSnapshot
            ?? new CustomResourceSnapshot { ResourceType = TypeName(resource), Properties = [] };
        return snapshot with
        {
            Relationships = snapshot.Relationships.IsDefaultOrEmpty ? Relationships(resource) : snapshot.Relationships,
            HealthReports =
            [
                .. resource.Annotations.OfType<HealthCheckAnnotation>()
                    .Select(check => check.Key)
                    .Distinct(StringComparer.Ordinal)
                    .Select(key => new HealthReportSnapshot(key, Status: null, Description: null, ExceptionText: null)),
            ],
        };
    }

    /// <summary>Brings up to date what the code that made the snapshot need not know of.</summary>
    public static CustomResourceSnapshot Complete(CustomResourceSnapshot snapshot, IResource resource, CustomResourceSnapshot? before, IServiceProvider? services)
    {
        if (snapshot.IconName is null && resource.Annotations.OfType<ResourceIconAnnotation>().LastOrDefault() is { } icon)
        {
            snapshot = snapshot with { IconName = icon.IconName, IconVariant = icon.IconVariant };
        }

        // A state that ended takes the health of that run with it.
        if (before?.State?.Text == KnownResourceStates.Running && snapshot.State?.Text != KnownResourceStates.Running)
        {
            snapshot = snapshot with
            {
                Ready = null,
                HealthReports = [.. snapshot.HealthReports.Select(report => new HealthReportSnapshot(report.Name, null, null, null))],
            };
        }

        return services is null ? snapshot : snapshot with { Commands = Commands(resource, snapshot, services) };
    }

    private static ImmutableArray<ResourceCommandSnapshot> Commands(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        var commands = resource.Annotations.OfType<ResourceCommandAnnotation>();
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services };
        return
        [
            .. commands.Select(command => new ResourceCommandSnapshot(
                command.Name,
                command.UpdateState(context),
                command.DisplayName,
                command.DisplayDescription,
                Parameter: null,
                command.ConfirmationMessage,
                command.IconName,
                command.IconVariant,
                command.IsHighlighted)
            {
                Arguments = command.Arguments,
                Visibility = command.Visibility,
            }),
        ];
    }

    private static ImmutableArray<RelationshipSnapshot> Relationships(IResource resource)
    {
        var relationships = resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Select(relationship => new RelationshipSnapshot(relationship.Resource.Name, relationship.Type) { Alias = relationship.Alias });
        if (resource is IResourceWithParent { Parent: { } parent })
        {
            relationships = relationships.Append(new RelationshipSnapshot(parent.Name, "Parent"));
        }

        return [.. relationships.Distinct()];
    }

    private static string TypeName(IResource resource)
    {
        var name = resource.GetType().Name;
        return name.EndsWith("Resource", StringComparison.Ordinal) && name.Length > "Resource".Length ? name[..^"Resource".Length] : name;
    }
}
