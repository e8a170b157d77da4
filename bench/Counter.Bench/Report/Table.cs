using System.Text.Json;

namespace Counter.Bench.Report;

/// <summary>What a run found: as Markdown on the console, and both as Markdown and as JSON in <c>artifacts/bench/</c>.</summary>
internal sealed class Table(string name, string title, params string[] columns)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly List<string> _lines =
    [
        title,
        "",
        $"| {string.Join(" | ", columns)} |",
        $"|{string.Concat(columns.Select((_, index) => index == 0 ? "---|" : "---:|"))}",
    ];

    private readonly List<string[]> _rows = [];

    public void Row(params string[] cells)
    {
        _rows.Add(cells);
        _lines.Add($"| {string.Join(" | ", cells)} |");
    }

    public void Write()
    {
        var text = string.Join('\n', _lines) + "\n";
        Console.WriteLine(text);
        File.WriteAllText(Artifacts.Path($"{name}.md"), text);
        File.WriteAllText(Artifacts.Path($"{name}.json"), JsonSerializer.Serialize(
            new { title, rows = _rows.Select(row => columns.Zip(row).ToDictionary()) }, s_json));
    }
}
