using System.Globalization;
using System.Text.RegularExpressions;
using Link.Cli;
using Link.Protocol;

namespace Link.Commands;

/// <summary>Reads Docker's form: options, <c>source:alias</c>, a command and its arguments.</summary>
internal static partial class InvocationParser
{
    /// <exception cref="LinkException">The command line has no meaning; the message says what it should be.</exception>
    public static Invocation Parse(IReadOnlyList<string> arguments)
    {
        var words = new Queue<string>(arguments);
        var options = new LinkOptions();
        var list = false;
        while (words.TryPeek(out var word) && word.StartsWith('-'))
        {
            words.Dequeue();
            var (name, attached) = SplitOption(word);
            switch (name)
            {
                case "--help" or "-h" or "-?": return new ShowHelp();
                case "--version": return new ShowVersion();
                case "--completion": return ParseCompletion(Value(name, attached, words));
                case "--suggest": return new SuggestWords([.. words]);
                case "--in-namespace": return new RunInNamespace(Value(name, attached, words), [.. words]);
                case "--list" or "-l" when attached is null: list = true; break;
                case "--json" when attached is null: options = options with { Json = true }; break;
                case "--hosts" when attached is null: options = options with { Hosts = true }; break;
                case "--apphost": options = options with { AppHost = Value(name, attached, words) }; break;
                case "--timeout": options = options with { Timeout = ParseTimeout(Value(name, attached, words)) }; break;
                default: throw Malformed($"there is no option '{word}'");
            }
        }

        if (list)
        {
            return words.Count == 0
                ? new ListResources(options)
                : ParseTrailing(words, ref options) ? new ListResources(options) : throw Malformed("--list takes no source");
        }

        if (!words.TryDequeue(out var link))
        {
            return arguments.Count == 0 ? new ShowHelp() : throw Malformed("the source is missing");
        }

        var (source, alias) = ParseSource(link);
        var action = ParseAction(link, words, ref options);
        return action is RunRedisCli { Options.Help: true } ? new ShowRedisCliHelp() : new UseLink(options, source, alias, action);
    }

    private static (string Source, string Alias) ParseSource(string link)
    {
        var parts = link.Split(':');
        var (source, alias) = (parts[0], parts.Length > 1 ? parts[1] : parts[0]);
        if (parts.Length > 2 || source.Length == 0 || alias.Length == 0)
        {
            throw Malformed($"'{link}' is not a link");
        }

        foreach (var name in new[] { source, alias })
        {
            if (!Name().IsMatch(name))
            {
                throw Malformed($"'{name}' is not a name (letters, digits, '-', '_' and '.', at most 64)");
            }
        }

        return (source, alias);
    }

    private static LinkAction ParseAction(string link, Queue<string> words, ref LinkOptions options)
    {
        if (!words.TryDequeue(out var command))
        {
            throw Malformed($"what to do with '{link}' is missing");
        }

        switch (command)
        {
            case "--":
                if (words.Count == 0)
                {
                    throw Malformed("the program after '--' is missing");
                }

                Refuse(options.Json, "--json", "a program");
                return new RunProgram([.. words]);
            case "redis-cli":
                Refuse(options.Json, "--json", command);
                Refuse(options.Hosts, "--hosts", command);
                return new RunRedisCli(RedisCliOptions.Parse([.. words]));
            case "ping":
                Refuse(options.Hosts, "--hosts", command);
                return ParsePing(words, ref options);
            case "env" or "hosts":
            case "cat" when words.TryPeek(out var file) && file == "/etc/hosts":
                Refuse(options.Hosts, "--hosts", command);
                if (command == "cat")
                {
                    words.Dequeue();
                }

                if (!ParseTrailing(words, ref options))
                {
                    throw Malformed($"'{command}' takes no '{words.Peek()}' (to run a program: link {link} -- {command} {string.Join(' ', words)})");
                }

                return command == "env" ? new PrintEnvironment() : new PrintHosts();
            default:
                throw Malformed($"'{command}' is not one of env, hosts, ping, redis-cli (to run a program: link {link} -- {string.Join(' ', words.Prepend(command))})");
        }
    }

    private static Ping ParsePing(Queue<string> words, ref LinkOptions options)
    {
        string? host = null;
        int? count = null;
        var interval = TimeSpan.FromSeconds(1);
        var timeout = TimeSpan.FromSeconds(2);
        while (words.TryDequeue(out var word))
        {
            if (word == "--json")
            {
                options = options with { Json = true };
            }
            else if (word.StartsWith("-c", StringComparison.Ordinal))
            {
                var text = Short(word, words);
                count = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                    ? number
                    : throw Malformed($"ping: '{text}' is not a number of requests");
            }
            else if (word.StartsWith("-i", StringComparison.Ordinal))
            {
                interval = ParseSeconds("ping: -i", Short(word, words), TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
            }
            else if (word.StartsWith("-W", StringComparison.Ordinal))
            {
                timeout = ParseSeconds("ping: -W", Short(word, words), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
            }
            else if (word.StartsWith('-'))
            {
                throw Malformed($"ping: there is no option '{word}' (it knows -c, -i and -W)");
            }
            else if (host is null)
            {
                host = word;
            }
            else
            {
                throw Malformed($"ping: one host at a time, not also '{word}'");
            }
        }

        return new Ping(host ?? throw Malformed("ping: the host is missing"), count, interval, timeout);
    }

    private static PrintCompletionScript ParseCompletion(string shell) =>
        CompletionScripts.Shells.Contains(shell)
            ? new PrintCompletionScript(shell)
            : throw Malformed($"there is no completion script for '{shell}' (there are {string.Join(", ", CompletionScripts.Shells)})");

    /// <summary>Takes <c>--json</c> where it stands last. False when something else is left.</summary>
    private static bool ParseTrailing(Queue<string> words, ref LinkOptions options)
    {
        while (words.TryPeek(out var word) && word == "--json")
        {
            words.Dequeue();
            options = options with { Json = true };
        }

        return words.Count == 0;
    }

    private static TimeSpan ParseTimeout(string text) => ParseSeconds("--timeout", text, TimeSpan.Zero, LinkProtocol.LongestWait);

    private static TimeSpan ParseSeconds(string option, string text, TimeSpan least, TimeSpan most)
    {
        var digits = text.EndsWith('s') ? text[..^1] : text;
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= least.TotalSeconds && seconds <= most.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Malformed(string.Create(CultureInfo.InvariantCulture, $"{option} takes {least.TotalSeconds} to {most.TotalSeconds} seconds, not '{text}'"));
    }

    private static (string Name, string? Value) SplitOption(string word)
    {
        var equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }

    private static string Value(string name, string? attached, Queue<string> words) =>
        attached ?? (words.TryDequeue(out var value) ? value : throw Malformed($"the value of {name} is missing"));

    private static string Short(string word, Queue<string> words) =>
        word.Length > 2 ? word[2..] : words.TryDequeue(out var value) ? value : throw Malformed($"ping: the value of {word} is missing");

    private static void Refuse(bool given, string option, string command)
    {
        if (given)
        {
            throw Malformed($"{option} has no meaning for {command}");
        }
    }

    private static LinkException Malformed(string what) => new($"{what}. Usage: link SOURCE[:ALIAS] COMMAND; see link --help.");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex Name();
}
