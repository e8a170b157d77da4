using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Docker.Publishing;

/// <summary>The file in which whoever deploys fills in values. What is filled in survives the next publish.</summary>
internal sealed partial class EnvFile
{
    private readonly SortedDictionary<string, (string? Comment, string Value)> _entries = new(StringComparer.Ordinal);

    public static EnvFile Read(string path)
    {
        var file = new EnvFile();
        foreach (Match entry in Entry().Matches(File.Exists(path) ? File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal) : ""))
        {
            var comment = entry.Groups["comment"];
            file._entries[entry.Groups["name"].Value.Trim()] = (comment.Success ? comment.Value.Trim() : null, entry.Groups["value"].Value);
        }

        return file;
    }

    public void Add(IEnumerable<CapturedEnvironmentVariable> variables)
    {
        foreach (var variable in variables.Where(variable => !_entries.ContainsKey(variable.Name)))
        {
            _entries.Add(variable.Name, (variable.Description?.ReplaceLineEndings(" "), Value(variable.Name, variable.DefaultValue ?? "")));
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, (comment, value)) in _entries)
        {
            text.Append(comment is null ? "" : $"# {comment}\n").Append(name).Append('=').Append(value).Append("\n\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// The value so that every reader of the file gets it as it is: docker-compose, by Python's dotenv, which finds variables even between single quotes, and docker compose, which escapes
    /// nothing but the quote there.
    /// </summary>
    /// <exception cref="DistributedApplicationException">They would not agree on any writing of it.</exception>
    private static string Value(string name, string value)
    {
        if (Plain().IsMatch(value))
        {
            return value;
        }

        var (isSingle, hasQuote, hasDollar) = (!Unquotable().IsMatch(value), value.Contains('\''), value.Contains('$'));
        return (isSingle, hasQuote, hasDollar) switch
        {
            _ when Unsayable().IsMatch(value) || (hasDollar && !isSingle) =>
                throw new DistributedApplicationException($"The default value of '{name}' cannot be written to .env so that all its readers take it as it is. Leave it empty, and fill it in there."),
            (true, false, _) => $"'{value}'",
            (_, _, false) => $"\"{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)}\"",
            _ => $"'{value.Replace("'", "\\'", StringComparison.Ordinal)}'",
        };
    }

    [GeneratedRegex(@"^([^\s\p{C}'""#$]([^\p{C}\p{Zl}\p{Zp}#$]*[^\s\p{C}#$])?)?\z")]
    private static partial Regex Plain();

    /// <summary>Before a quote or another of its kind, a backslash may or may not escape.</summary>
    [GeneratedRegex(@"\\['\\]|\\\z|\r")]
    private static partial Regex Unquotable();

    /// <summary>What no variable can hold, and what is a variable wherever it stands.</summary>
    [GeneratedRegex(@"\0|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|\$\{[^}:]*(:-[^}]*)?\}")]
    private static partial Regex Unsayable();

    // The value is as it is in the file: with its quotes, between which it may have lines.
    [GeneratedRegex("""^(#(?<comment>.*)\n)?(?<name>[^#=\n]+)=(?<value>'(\\(.|\n)|[^'\\])*'.*|"(\\(.|\n)|[^"\\])*".*|.*)$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
