using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Redis.Stores;

/// <summary>One setting of Redis, such as <c>save 60 1</c>.</summary>
internal sealed record RedisDirective(string Name, IReadOnlyList<string> Values);

/// <summary>Reads what the container would be started with: <c>redis-server --requirepass $REDIS_PASSWORD --save 60 1</c>, for a shell or as words.</summary>
internal static partial class RedisArguments
{
    public static IReadOnlyList<RedisDirective> Parse(string resource, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var words = arguments is ["-c", var script, ..] ? [.. Words(script)] : arguments;
        var directives = new List<RedisDirective>();
        List<string>? values = null;
        foreach (var word in words.Skip(words is ["redis-server", ..] ? 1 : 0))
        {
            if (word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2)
            {
                values = [];
                directives.Add(new RedisDirective(word[2..].ToLowerInvariant(), values));
            }
            else if (values is not null)
            {
                values.Add(Expand(word, environment));
            }
            else
            {
                throw new DistributedApplicationException($"The argument '{word}' of resource '{resource}' means something in its container only: without one, arguments are settings such as '--maxmemory 100mb'.");
            }
        }

        return directives;
    }

    /// <summary>A word ends at a space outside of quotes.</summary>
    private static IEnumerable<string> Words(string script)
    {
        var word = new StringBuilder();
        var isWord = false;
        var quote = '\0';
        foreach (var character in script)
        {
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (isWord)
                {
                    yield return word.ToString();
                }

                word.Clear();
                isWord = false;
            }
            else if (character == quote || (quote == '\0' && character is '"' or '\''))
            {
                quote = quote == '\0' ? character : '\0';
                isWord = true;
            }
            else
            {
                word.Append(character);
                isWord = true;
            }
        }

        if (isWord)
        {
            yield return word.ToString();
        }
    }

    /// <summary>As the shell of the container does.</summary>
    private static string Expand(string word, IReadOnlyDictionary<string, string> environment) =>
        Variable().Replace(word, variable => environment.GetValueOrDefault(variable.Groups["name"].Value, ""));

    [GeneratedRegex(@"\$(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)|\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\})", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
