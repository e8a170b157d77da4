using System.Collections.Immutable;

namespace Aspire.Dashboard.Resources;

/// <summary>A question or message of the host that waits for the user.</summary>
public sealed record Interaction
{
    /// <summary>What answers refer to.</summary>
    public required int Id { get; init; }

    /// <summary>What is shown.</summary>
    public required InteractionKind Kind { get; init; }

    /// <summary>True once it was answered or withdrawn: it is to be taken off the page.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The heading.</summary>
    public string Title { get; init; } = "";

    /// <summary>The text.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether <see cref="Message"/> is Markdown.</summary>
    public bool IsMarkdown { get; init; }

    /// <summary><c>none</c>, <c>success</c>, <c>warning</c>, <c>error</c>, <c>information</c> or <c>confirmation</c>.</summary>
    public string Intent { get; init; } = "none";

    /// <summary>The text of the main button; null takes the usual one.</summary>
    public string? PrimaryButtonText { get; init; }

    /// <summary>The text of the other button; null takes the usual one.</summary>
    public string? SecondaryButtonText { get; init; }

    /// <summary>Whether there is a second button.</summary>
    public bool ShowSecondaryButton { get; init; }

    /// <summary>The text of a link under a notification.</summary>
    public string? LinkText { get; init; }

    /// <summary>Where that link leads.</summary>
    public string? LinkUrl { get; init; }

    /// <summary>The inputs of an inputs dialog.</summary>
    public ImmutableArray<InteractionInput> Inputs { get; init; } = [];
}

/// <summary>The shape of an <see cref="Interaction"/>.</summary>
public enum InteractionKind
{
    /// <summary>A box with one or two buttons.</summary>
    MessageBox,

    /// <summary>A dialog with inputs.</summary>
    InputsDialog,

    /// <summary>A bar that can be dismissed.</summary>
    Notification,

    /// <summary>Something under way, with a cancel button.</summary>
    Progress,
}

/// <summary>One input of a dialog or of a command.</summary>
public sealed record InteractionInput
{
    /// <summary>The name answers are given under.</summary>
    public required string Name { get; init; }

    /// <summary>The label; null takes the name.</summary>
    public string? Label { get; init; }

    /// <summary><c>text</c>, <c>secret</c>, <c>choice</c>, <c>boolean</c> or <c>number</c>.</summary>
    public required string InputType { get; init; }

    /// <summary>Whether it must be filled.</summary>
    public bool Required { get; init; }

    /// <summary>A hint inside the empty input.</summary>
    public string? Placeholder { get; init; }

    /// <summary>A hint beside the input.</summary>
    public string? Description { get; init; }

    /// <summary>The value so far.</summary>
    public string? Value { get; init; }

    /// <summary>The most characters it takes.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether it can't be changed.</summary>
    public bool Disabled { get; init; }

    /// <summary>The choices, as value and text.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Options { get; init; } = [];
}

/// <summary>An answer to an <see cref="Interaction"/>.</summary>
/// <param name="IsCanceled">Closed without an answer.</param>
/// <param name="Result">True for the main button, false for the other.</param>
/// <param name="Values">The values of the inputs by name.</param>
public sealed record InteractionResponse(bool IsCanceled, bool Result, ImmutableDictionary<string, string?> Values);
