using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>One thing to enter.</summary>
[Experimental("ASPIREINTERACTION001")]
public sealed class InteractionInput
{
    /// <summary>The name its value is found under.</summary>
    public required string Name { get; init; }

    /// <summary>The label; null takes the name.</summary>
    public string? Label { get; init; }

    /// <summary>A hint beside it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the hint is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; init; }

    /// <summary>What can be entered.</summary>
    public required InputType InputType { get; init; }

    /// <summary>Whether it must be filled.</summary>
    public bool Required { get; init; }

    /// <summary>The choices, as value and text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }

    /// <summary>Fills it from others while the dialog is open.</summary>
    public InputLoadOptions? DynamicLoading { get; init; }

    /// <summary>What is in it.</summary>
    public string? Value { get; set; }

    /// <summary>A hint inside it while it is empty.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Whether a choice may be something else than the options.</summary>
    public bool AllowCustomChoice { get; init; }

    /// <summary>Whether it can't be changed.</summary>
    public bool Disabled { get; set; }

    /// <summary>The most characters it takes.</summary>
    public int? MaxLength { get; init; }

    internal List<string> ValidationErrors { get; } = [];
}

/// <summary>What can be entered.</summary>
[Experimental("ASPIREINTERACTION001")]
public enum InputType
{
    /// <summary>A text.</summary>
    Text = 0,

    /// <summary>A text that is not shown.</summary>
    SecretText = 1,

    /// <summary>One of several.</summary>
    Choice = 2,

    /// <summary>Yes or no.</summary>
    Boolean = 3,

    /// <summary>A number.</summary>
    Number = 4,
}

/// <summary>Fills an input from others while the dialog is open.</summary>
[Experimental("ASPIREINTERACTION001")]
public sealed class InputLoadOptions
{
    /// <summary>Fills it.</summary>
    public required Func<LoadInputContext, Task> LoadCallback { get; init; }

    /// <summary>Whether it is filled when the dialog opens although it depends on others.</summary>
    public bool AlwaysLoadOnStart { get; init; }

    /// <summary>The inputs it depends on.</summary>
    public IReadOnlyList<string>? DependsOnInputs { get; init; }
}

/// <summary>What filling an input gets.</summary>
[Experimental("ASPIREINTERACTION001")]
public sealed class LoadInputContext
{
    /// <summary>The input to fill.</summary>
    public required InteractionInput Input { get; init; }

    /// <summary>All inputs of the dialog.</summary>
    public required InteractionInputCollection AllInputs { get; init; }

    /// <summary>The services of the host.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Ends it.</summary>
    public required CancellationToken CancellationToken { get; init; }
}
