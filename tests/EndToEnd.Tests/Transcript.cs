using System.Text;
using System.Text.RegularExpressions;
using Shared;

namespace EndToEnd.Tests;

/// <summary>What was typed and printed, as a page: with names in place of what differs from run to run.</summary>
internal sealed partial class Transcript
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Text, string Name)> _names = [];

    /// <summary>Where the page is.</summary>
    public static string File { get; } = Path.Combine(Repository.Root, "docs", "tutorial.md");

    /// <summary>The page so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>From here on a text has this name.</summary>
    public void Name(string text, string name) => _names.Add((text, name));

    /// <summary>Prose, as it is.</summary>
    public void Say(string text) => _text.Append(text.ReplaceLineEndings("\n")).Append("\n\n");

    /// <summary>A command line and what it printed.</summary>
    public void Show(string command, string output)
    {
        _text.Append("    $ ").Append(command).Append('\n');
        foreach (var line in SortedKeys(Named(output)).TrimEnd('\n').Split('\n'))
        {
            _text.Append(line.Length == 0 ? "" : "    ").Append(line).Append('\n');
        }

        _text.Append('\n');
    }

    /// <summary>Fails with the first line that differs from the page; writes the page instead when <c>UPDATE_DOCS=1</c>.</summary>
    public void CompareOrUpdate()
    {
        var page = _text.ToString().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            System.IO.File.WriteAllText(File, page);
        }

        Assert.True(System.IO.File.Exists(File), $"{File} is missing; UPDATE_DOCS=1 writes it.");
        Assert.Equal(System.IO.File.ReadAllText(File).ReplaceLineEndings("\n").Split('\n'), page.Split('\n'));
    }

    private string Named(string output)
    {
        foreach (var (text, name) in _names)
        {
            output = output.Replace(text, name, StringComparison.Ordinal);
        }

        output = ShortId().Replace(output, "ID");
        output = BatchKey().Replace(output, "batch:TOKEN");
        return Milliseconds().Replace(RedisCli.LessSlowness(output), "N");
    }

    /// <summary>Redis tells keys in no order, and on Garnet the counter needs one more.</summary>
    private static string SortedKeys(string output)
    {
        var lines = output.Split('\n');
        var keys = lines.Where(line => KeyLine().IsMatch(line)).ToList();
        if (!output.Contains("KEYS *", StringComparison.Ordinal) || keys.Count == 0)
        {
            return output;
        }

        var first = Array.IndexOf(lines, keys[0]);
        var run = lines.Skip(first).TakeWhile(line => KeyLine().IsMatch(line)).ToList();
        var sorted = run.Select(line => line.Split(' ', 2)[1]).Except(["\"journal\""]).Order(StringComparer.Ordinal).Select((key, index) => $"{index + 1}) {key}");
        return string.Join('\n', [.. lines.Take(first), .. sorted, .. lines.Skip(first + run.Count)]);
    }

    [GeneratedRegex(@"\b[0-9a-f]{12}\b")]
    private static partial Regex ShortId();

    [GeneratedRegex(@"batch:[0-9a-f]{32}")]
    private static partial Regex BatchKey();

    [GeneratedRegex(@"\d+\.\d{3}|(?<=time )\d+(?=ms)")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"^\d+\) """)]
    private static partial Regex KeyLine();
}
