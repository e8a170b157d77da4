namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command of a resource.</summary>
public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    /// <summary>Creates the annotation of a command without arguments.</summary>
    public ResourceCommandAnnotation(
        string name,
        string displayName,
        Func<UpdateCommandStateContext, ResourceCommandState> updateState,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        string? displayDescription,
        object? parameter,
        string? confirmationMessage,
        string? iconName,
        IconVariant? iconVariant,
        bool isHighlighted)
        : this(name, displayName, updateState, executeCommand, displayDescription, arguments: null, confirmationMessage, iconName, iconVariant, isHighlighted)
    {
#pragma warning disable CS0618 // The published member is obsolete as well.
        Parameter = parameter;
#pragma warning restore CS0618
    }

    /// <summary>Creates the annotation.</summary>
    public ResourceCommandAnnotation(
        string name,
        string displayName,
        Func<UpdateCommandStateContext, ResourceCommandState> updateState,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        string? displayDescription,
        IReadOnlyList<InteractionInput>? arguments,
        string? confirmationMessage,
        string? iconName,
        IconVariant? iconVariant,
        bool isHighlighted,
        ResourceCommandVisibility visibility = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api,
        Func<InputsDialogValidationContext, Task>? validateArguments = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(displayName);
        ArgumentNullException.ThrowIfNull(updateState);
        ArgumentNullException.ThrowIfNull(executeCommand);

        Name = name;
        DisplayName = displayName;
        UpdateState = updateState;
        ExecuteCommand = executeCommand;
        DisplayDescription = displayDescription;
        Arguments = arguments ?? [];
        ConfirmationMessage = confirmationMessage;
        IconName = iconName;
        IconVariant = iconVariant;
        IsHighlighted = isHighlighted;
        Visibility = visibility;
        ValidateArguments = validateArguments;
    }

    /// <summary>The name, unique among the commands of the resource.</summary>
    public string Name { get; }

    /// <summary>What the dashboard calls it.</summary>
    public string DisplayName { get; }

    /// <summary>Tells from the state of the resource whether the command can run.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; }

    /// <summary>Runs the command.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }

    /// <summary>What the command does.</summary>
    public string? DisplayDescription { get; }

    /// <summary>What the command asks for.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; }

    /// <summary>Checks what was given for the arguments.</summary>
    public Func<InputsDialogValidationContext, Task>? ValidateArguments { get; }

    /// <summary>A value the command is given.</summary>
    [Obsolete("Use Arguments instead.")]
    public object? Parameter { get; }

    /// <summary>What is asked before the command runs.</summary>
    public string? ConfirmationMessage { get; }

    /// <summary>The icon.</summary>
    public string? IconName { get; }

    /// <summary>The look of the icon.</summary>
    public IconVariant? IconVariant { get; }

    /// <summary>Whether the dashboard shows the command beside the menu.</summary>
    public bool IsHighlighted { get; }

    /// <summary>Where the command can be run.</summary>
    public ResourceCommandVisibility Visibility { get; }

    /// <summary>What is shown while the command runs.</summary>
    public CommandProgressOptions? Progress { get; internal init; }
}
