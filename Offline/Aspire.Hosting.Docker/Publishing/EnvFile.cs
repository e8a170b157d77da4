using System.Text;

namespace Aspire.Hosting.Docker.Publishing;

/// <summary>The file in which whoever deploys fills in values. What is filled in survives the next publish.</summary>
internal sealed class EnvFile
{
    private readonly SortedDictionary<string, (string? Comment, string Value)> _entries = new(StringComparer.Ordinal);

    public static EnvFile Read(string path)
    {
        var file = new EnvFile();
        string? comment = null;
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (line.StartsWith('#'))
            {
                comment = line[1..].Trim();
            }
            else if (line.Split('=', 2) is [var name, var value])
            {
                file._entries[name.Trim()] = (comment, value);
                comment = null;
            }
        }

        return file;
    }

    public void Add(IEnumerable<CapturedEnvironmentVariable> variables)
    {
        foreach (var variable in variables)
        {
            _entries.TryAdd(variable.Name, (variable.Description, variable.DefaultValue ?? ""));
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
}
