namespace Aspire.Hosting.Execution;

/// <summary>What to run.</summary>
internal sealed record ProcessSpec
{
    /// <summary>A path, or a name to look for on PATH.</summary>
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Written to standard input, which is then closed.</summary>
    public string? StandardInput { get; init; }

    /// <summary>Called for each line, with true for those of standard error.</summary>
    public required Action<string, bool> OnLine { get; init; }

    /// <summary>Whether what it starts itself is not the host's to end, such as the container that an engine's command starts.</summary>
    public bool StartsForOthers { get; init; }
}
