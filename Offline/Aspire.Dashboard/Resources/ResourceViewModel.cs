using System.Collections.Immutable;

namespace Aspire.Dashboard.Resources;

/// <summary>One resource instance as the dashboard shows it. Replicas share <see cref="DisplayName"/> and differ in <see cref="Name"/>.</summary>
public sealed record ResourceViewModel
{
    /// <summary>The unique instance name, such as <c>counter-abcdwxyz</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name in the model, such as <c>counter</c>; telemetry names it as <c>service.name</c>.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The last part of <see cref="Name"/>, which telemetry carries as <c>service.instance.id</c>; null when there is none.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Such as <c>Project</c>, <c>Container</c>, <c>Executable</c> or <c>Parameter</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The state text, such as <c>Running</c>; null before the first one.</summary>
    public string? State { get; init; }

    /// <summary><c>success</c>, <c>error</c>, <c>info</c>, <c>warning</c>, or null.</summary>
    public string? StateStyle { get; init; }

    /// <summary><c>Healthy</c>, <c>Unhealthy</c>, <c>Degraded</c>, or null when the resource is not running.</summary>
    public string? HealthStatus { get; init; }

    /// <summary>The exit code of a resource that ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When the resource was created, in UTC.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>When it started last, in UTC.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>When it stopped last, in UTC.</summary>
    public DateTime? StoppedAt { get; init; }

    /// <summary>What runs: an image, a project file, a program; null for resources without one.</summary>
    public string? Source { get; init; }

    /// <summary>True for resources that are shown only on request.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The name of a Fluent UI icon, such as <c>Database</c>.</summary>
    public string? IconName { get; init; }

    /// <summary>The instance or display name of the resource this one is nested under.</summary>
    public string? ParentName { get; init; }

    /// <summary>A word shown beside the state when the environment of a running resource is out of date; null otherwise.</summary>
    public string? StaleReason { get; init; }

    /// <summary>The environment variables of the last start.</summary>
    public ImmutableArray<EnvironmentVariable> Environment { get; init; } = [];

    /// <summary>Further facts, such as <c>container.image</c> or <c>executable.pid</c>.</summary>
    public ImmutableArray<ResourceProperty> Properties { get; init; } = [];

    /// <summary>Where the resource can be reached.</summary>
    public ImmutableArray<ResourceUrl> Urls { get; init; } = [];

    /// <summary>Volumes and bind mounts.</summary>
    public ImmutableArray<ResourceVolume> Volumes { get; init; } = [];

    /// <summary>The last outcome of each health check.</summary>
    public ImmutableArray<HealthReport> HealthReports { get; init; } = [];

    /// <summary>References to other resources, by display name.</summary>
    public ImmutableArray<ResourceRelationship> Relationships { get; init; } = [];

    /// <summary>The commands that can be run on it.</summary>
    public ImmutableArray<ResourceCommand> Commands { get; init; } = [];
}

/// <summary>A change to the set of resources: a new or changed one, or one that is gone.</summary>
public sealed record ResourceChange(ResourceViewModel Resource, bool IsDeleted);

/// <summary>An environment variable. <paramref name="IsSecret"/> asks for it to be masked even after "reveal all" is off.</summary>
public sealed record EnvironmentVariable(string Name, string? Value, bool IsFromSpec, bool IsSecret = false);

/// <summary>A named fact of a resource; the value of a sensitive one is masked until it is asked for.</summary>
public sealed record ResourceProperty(string Name, string? DisplayName, string Value, bool IsSensitive);

/// <summary>A URL of a resource, with the endpoint it belongs to.</summary>
public sealed record ResourceUrl(string? EndpointName, string Url, string? DisplayText, bool IsInternal, bool IsInactive, int SortOrder);

/// <summary>A volume or bind mount.</summary>
public sealed record ResourceVolume(string? Source, string Target, string MountType, bool IsReadOnly);

/// <summary>The outcome of one health check; a null status means it has not run yet.</summary>
public sealed record HealthReport(string Name, string? Status, string? Description, string? Exception, DateTime? LastRunAt);

/// <summary>A relationship such as <c>Reference</c>, <c>WaitFor</c> or <c>Parent</c>. <paramref name="Alias"/> is the connection name of a reference, the <c>redis</c> of a link.</summary>
public sealed record ResourceRelationship(string ResourceName, string Type, string? Alias = null);

/// <summary>A command of a resource.</summary>
public sealed record ResourceCommand
{
    /// <summary>The name it is run by, such as <c>restart</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The text of its button.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>A question to answer with yes before it runs.</summary>
    public string? ConfirmationMessage { get; init; }

    /// <summary>The name of a Fluent UI icon.</summary>
    public string? IconName { get; init; }

    /// <summary>Whether it has a button of its own in the table.</summary>
    public bool IsHighlighted { get; init; }

    /// <summary>Whether it can run now.</summary>
    public required CommandState State { get; init; }

    /// <summary>What it asks for before it runs.</summary>
    public ImmutableArray<InteractionInput> Arguments { get; init; } = [];
}

/// <summary>Whether a command can run.</summary>
public enum CommandState
{
    /// <summary>It can.</summary>
    Enabled,

    /// <summary>It is shown but can't.</summary>
    Disabled,

    /// <summary>It is not shown.</summary>
    Hidden,
}

/// <summary>One line a resource wrote, with its number from 1.</summary>
public sealed record ConsoleLogLine(int LineNumber, string Text, bool IsError);

/// <summary>What became of a command.</summary>
public sealed record CommandOutcome
{
    /// <summary>True when it did what it says.</summary>
    public required bool Success { get; init; }

    /// <summary>True when it was called off.</summary>
    public bool Canceled { get; init; }

    /// <summary>A line for the user.</summary>
    public string? Message { get; init; }

    /// <summary>The result, if it has one.</summary>
    public string? Result { get; init; }

    /// <summary><c>text</c>, <c>json</c> or <c>markdown</c>.</summary>
    public string ResultFormat { get; init; } = "text";

    /// <summary>Whether the result opens at once.</summary>
    public bool DisplayImmediately { get; init; }

    /// <summary>What was wrong with an argument, by its name.</summary>
    public ImmutableDictionary<string, string> ValidationErrors { get; init; } = ImmutableDictionary<string, string>.Empty;
}
