using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An environment variable of a resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsFromSpec">True when the model gave it, false when it was inherited.</param>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec)
{
    /// <summary>Whether the value is made of secrets.</summary>
    internal bool IsSecret { get; init; }
}

/// <summary>A fact about a resource.</summary>
/// <param name="Name">Its name, such as <c>container.image</c>.</param>
/// <param name="Value">Its value.</param>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether the value is masked until asked for.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>The name shown; null takes <see cref="Name"/>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether it is shown among the first.</summary>
    public bool IsHighlighted { get; init; }

    /// <summary>Where it stands among its like.</summary>
    public int? SortOrder { get; init; }
}

/// <summary>A URL of a resource.</summary>
/// <param name="Name">The endpoint it belongs to.</param>
/// <param name="Url">The URL.</param>
/// <param name="IsInternal">Whether it is shown in the details only.</param>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>Whether nothing answers there yet.</summary>
    public bool IsInactive { get; init; }

    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();
}

/// <summary>How a URL is shown.</summary>
/// <param name="DisplayName">The text of the link; empty shows the URL.</param>
/// <param name="SortOrder">Higher comes first.</param>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>A volume or mount of a resource.</summary>
/// <param name="Source">The volume's name or the path on the host.</param>
/// <param name="Target">The path in the container.</param>
/// <param name="MountType">The kind, such as <c>volume</c>.</param>
/// <param name="IsReadOnly">Whether it can't be written.</param>
public sealed record VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);

/// <summary>A relationship to another resource.</summary>
/// <param name="ResourceName">The other resource.</param>
/// <param name="Type">The kind, such as <c>Reference</c>.</param>
public sealed record RelationshipSnapshot(string ResourceName, string Type)
{
    /// <summary>The name the reference was given, if it was given one.</summary>
    internal string? Alias { get; init; }
}

/// <summary>The outcome of a health check.</summary>
/// <param name="Name">The key of the check.</param>
/// <param name="Status">The outcome; null before the first run.</param>
/// <param name="Description">What the check says.</param>
/// <param name="ExceptionText">What it threw.</param>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it ran last.</summary>
    public DateTime? LastRunAt { get; init; }
}

/// <summary>A command of a resource.</summary>
/// <param name="Name">The name it is run by.</param>
/// <param name="State">Whether it can be run.</param>
/// <param name="DisplayName">The text of its button.</param>
/// <param name="DisplayDescription">What it does.</param>
/// <param name="Parameter">Kept for old callers.</param>
/// <param name="ConfirmationMessage">A question before it runs.</param>
/// <param name="IconName">Its icon.</param>
/// <param name="IconVariant">The variant of its icon.</param>
/// <param name="IsHighlighted">Whether it has a button of its own.</param>
public sealed record ResourceCommandSnapshot(string Name, ResourceCommandState State, string DisplayName, string? DisplayDescription, [property: Obsolete("Use Arguments instead.")] object? Parameter, string? ConfirmationMessage, string? IconName, IconVariant? IconVariant, bool IsHighlighted)
{
    /// <summary>What it asks for before it runs.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; init; } = [];

    /// <summary>Where it can be run from.</summary>
    public ResourceCommandVisibility Visibility { get; init; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;
}
