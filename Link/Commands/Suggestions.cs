using Link.Protocol;

namespace Link.Commands;

/// <summary>What can follow on the command line: the answers to the completion scripts.</summary>
internal static class Suggestions
{
    private static readonly string[] s_options = ["--list", "--json", "--hosts", "--apphost", "--timeout", "--completion", "--version", "--help"];
    private static readonly string[] s_commands = ["env", "hosts", "cat", "ping", "redis-cli", "--"];

    /// <param name="words">The words so far, the last one unfinished.</param>
    /// <param name="list">The resources of the running AppHost, which may be named.</param>
    public static async Task<IReadOnlyList<string>> ForAsync(IReadOnlyList<string> words, Func<string?, Task<IReadOnlyList<LinkableResource>>> list)
    {
        var current = words.Count > 0 ? words[^1] : "";
        return [.. (await AllAsync([.. words.SkipLast(1)], current, list)).Where(word => word.StartsWith(current, StringComparison.Ordinal))];
    }

    private static async Task<IReadOnlyList<string>> AllAsync(List<string> before, string current, Func<string?, Task<IReadOnlyList<LinkableResource>>> list)
    {
        string? appHost = null;
        var i = 0;
        for (; i < before.Count && before[i].StartsWith('-'); i++)
        {
            switch (before[i])
            {
                case "--completion" when i + 1 == before.Count: return CompletionScripts.Shells;
                case "--apphost" or "--timeout" when i + 1 == before.Count: return [];
                case "--apphost": appHost = before[++i]; break;
                case "--timeout" or "--completion": i++; break;
            }
        }

        var positional = before.Skip(i).ToList();
        switch (positional)
        {
            case [] when current.StartsWith('-'):
                return s_options;
            case []:
                var names = (await list(appHost)).Select(resource => resource.Name);
                return [.. names.SelectMany(name => (string[])[name, .. current.StartsWith(name + ":", StringComparison.Ordinal) ? [name + ":" + name.Split('-')[0]] : Array.Empty<string>()])];
            case [_]:
                return s_commands;
            case [_, "cat"]:
                return ["/etc/hosts"];
            case [_, "env" or "hosts"]:
                return ["--json"];
            case [var link, "ping", ..]:
                return ["-c", "-i", "-W", "--json", .. Names(link)];
            case [var link, "redis-cli", .., "-h"]:
                return Names(link);
            case [_, "redis-cli", ..] when current.StartsWith('-'):
                return ["-h", "-p", "-n", "-r", "-i", "-x", "-e", "-2", "-3", "--raw", "--no-raw", "--user", "--help"];
            default:
                return [];
        }
    }

    private static string[] Names(string link) => [.. link.Split(':').Reverse()];
}
