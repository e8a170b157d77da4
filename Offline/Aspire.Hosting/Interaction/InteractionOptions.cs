using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>How a question is shown.</summary>
[Experimental("ASPIREINTERACTION001")]
public class InteractionOptions
{
    /// <summary>The text of the main button.</summary>
    public string? PrimaryButtonText { get; set; }

    /// <summary>The text of the other button.</summary>
    public string? SecondaryButtonText { get; set; }

    /// <summary>Whether there is a second button.</summary>
    public bool? ShowSecondaryButton { get; set; }

    /// <summary>Whether it can be dismissed.</summary>
    public bool? ShowDismiss { get; set; }

    /// <summary>Whether the message is Markdown.</summary>
    public bool? EnableMessageMarkdown { get; set; }
}

/// <summary>How a message box is shown.</summary>
[Experimental("ASPIREINTERACTION001")]
public class MessageBoxInteractionOptions : InteractionOptions
{
    /// <summary>What the message is about.</summary>
    public MessageIntent? Intent { get; set; }
}

/// <summary>How a notification is shown.</summary>
[Experimental("ASPIREINTERACTION001")]
public class NotificationInteractionOptions : InteractionOptions
{
    /// <summary>What the message is about.</summary>
    public MessageIntent? Intent { get; set; }

    /// <summary>The text of a link.</summary>
    public string? LinkText { get; set; }

    /// <summary>Where the link leads.</summary>
    public string? LinkUrl { get; set; }
}

/// <summary>How a dialog with inputs is shown and checked.</summary>
[Experimental("ASPIREINTERACTION001")]
public class InputsDialogInteractionOptions : InteractionOptions
{
    /// <summary>Checks what was entered.</summary>
    public Func<InputsDialogValidationContext, Task>? ValidationCallback { get; set; }
}

/// <summary>What is shown while something is under way.</summary>
[Experimental("ASPIREINTERACTION001")]
public class ProgressInteractionOptions : InteractionOptions
{
    /// <summary>The heading.</summary>
    public string? Title { get; set; }

    /// <summary>What is under way; the dialog closes when it is done.</summary>
    public Func<ProgressContext, Task>? Work { get; set; }
}

/// <summary>What work under a progress dialog gets.</summary>
[Experimental("ASPIREINTERACTION001")]
public sealed class ProgressContext
{
    /// <summary>Ends the work when the user calls it off.</summary>
    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>What a message is about.</summary>
[Experimental("ASPIREINTERACTION001")]
public enum MessageIntent
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>Something went well.</summary>
    Success = 1,

    /// <summary>Something wants attention.</summary>
    Warning = 2,

    /// <summary>Something failed.</summary>
    Error = 3,

    /// <summary>Something worth knowing.</summary>
    Information = 4,

    /// <summary>A question.</summary>
    Confirmation = 5,
}
