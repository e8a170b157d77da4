using Link.Cli;

namespace Link.Commands;

/// <summary>What the command line asks for.</summary>
internal abstract record Invocation;

internal sealed record ShowHelp : Invocation;

internal sealed record ShowRedisCliHelp : Invocation;

internal sealed record ShowVersion : Invocation;

internal sealed record PrintCompletionScript(string Shell) : Invocation;

/// <summary>Asked by the completion scripts: what can follow these words.</summary>
internal sealed record SuggestWords(IReadOnlyList<string> Words) : Invocation;

internal sealed record ListResources(LinkOptions Options) : Invocation;

/// <summary>Asked by the tool of itself inside the namespaces that <c>--hosts</c> makes.</summary>
internal sealed record RunInNamespace(string HostsFile, IReadOnlyList<string> Program) : Invocation;

/// <summary>A link to a source under an alias, and what to do over it.</summary>
internal sealed record UseLink(LinkOptions Options, string Source, string Alias, LinkAction Action) : Invocation;

internal abstract record LinkAction;

internal sealed record PrintEnvironment : LinkAction;

internal sealed record PrintHosts : LinkAction;

internal sealed record Ping(string Host, int? Count, TimeSpan Interval, TimeSpan Timeout) : LinkAction;

internal sealed record RunRedisCli(RedisCliOptions Options) : LinkAction;

internal sealed record RunProgram(IReadOnlyList<string> Program) : LinkAction;

/// <summary>The options that stand before the source.</summary>
internal sealed record LinkOptions
{
    public string? AppHost { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public bool Json { get; init; }

    /// <summary>Whether the program gets a hosts file of its own.</summary>
    public bool Hosts { get; init; }
}
