using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command looks and when it can be run.</summary>
public class CommandOptions
{
    /// <summary>What it does, in a sentence.</summary>
    public string? Description { get; set; }

    /// <summary>Kept for old callers; has no effect.</summary>
    [Obsolete("Use Arguments instead.")]
    public object? Parameter { get; set; }

    /// <summary>What it asks for before it runs.</summary>
    [Experimental("ASPIREINTERACTION001")]
    public IReadOnlyList<InteractionInput> Arguments { get; set; } = [];

    /// <summary>Checks what was entered.</summary>
    [Experimental("ASPIREINTERACTION001")]
    public Func<InputsDialogValidationContext, Task>? ValidateArguments { get; set; }

    /// <summary>A question to answer with yes before it runs.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>Its icon.</summary>
    public string? IconName { get; set; }

    /// <summary>The variant of its icon.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it has a button of its own.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Tells from a snapshot whether it can be run; null is always.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }

    /// <summary>Where it can be run from.</summary>
    public ResourceCommandVisibility Visibility { get; set; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;

    /// <summary>What is shown while it runs.</summary>
    public CommandProgressOptions? Progress { get; set; }
}
