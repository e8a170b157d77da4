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
        foreach (Match entry in Entry().Matches(File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : ""))
        {
            var comment = entry.Groups["comment"];
            file._entries[entry.Groups["name"].Value.Trim()] = (comment.Success ? comment.Value.Trim() : null, entry.Groups["value"].Value);
        }

        return file;
    }

    public void Add(IEnumerable<CapturedEnvironmentVariable> variables)
    {
        foreach (var variable in variables)
        {
            _entries.TryAdd(variable.Name, (variable.Description?.ReplaceLineEndings(" "), Value(variable.DefaultValue ?? "")));
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

    /// <summary>What would end early, or begin late, stands in quotes.</summary>
    private static string Value(string value) => Ambiguous().IsMatch(value) ? $"'{value.Replace("'", "\\'", StringComparison.Ordinal)}'" : value;

    [GeneratedRegex(@"[\r\n]|^[\s'""#]|\s#|\s\z")]
    private static partial Regex Ambiguous();

    // The value is as it is in the file: with its quotes, between which it may have lines.
    [GeneratedRegex("""^(#(?<comment>.*)\n)?(?<name>[^#=\n]+)=(?<value>'(\\.|[^'\\])*'.*|"(\\.|[^"\\])*".*|.*)$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
