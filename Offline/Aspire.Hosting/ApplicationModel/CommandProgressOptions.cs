namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is shown while a command runs.</summary>
public sealed class CommandProgressOptions
{
    /// <summary>The heading.</summary>
    public string? Title { get; set; }

    /// <summary>The text.</summary>
    public string? Message { get; set; }

    /// <summary>Whether it can't be called off.</summary>
    public bool HideCancelButton { get; set; }
}
