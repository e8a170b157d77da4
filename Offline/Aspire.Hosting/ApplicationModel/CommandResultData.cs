namespace Aspire.Hosting.ApplicationModel;

/// <summary>The result of a command.</summary>
public sealed class CommandResultData
{
    /// <summary>The text.</summary>
    public required string Value { get; init; }

    /// <summary>What the text is.</summary>
    public CommandResultFormat Format { get; init; }

    /// <summary>Whether it opens at once.</summary>
    public bool DisplayImmediately { get; init; }
}

/// <summary>What the text of a command's result is.</summary>
public enum CommandResultFormat
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Markdown.</summary>
    Markdown,
}
