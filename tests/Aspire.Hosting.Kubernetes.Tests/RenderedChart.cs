using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Aspire.Hosting.Kubernetes.Tests;

/// <summary>
/// A chart as Helm renders it, for what the published templates use: <c>{{ .Values.a.b.c }}</c>, the same as a number or with what its quotes would escape, and the names of the chart and its release.
/// An expression that refers to nothing, or that is none of these, is an error.
/// </summary>
internal sealed partial class RenderedChart
{
    private readonly YamlMappingNode _values;
    private readonly string _chart;

    public RenderedChart(string directory, params (string Path, string Value)[] given)
    {
        _values = Load(File.ReadAllText(Path.Combine(directory, "values.yaml")));
        _chart = Text(Load(File.ReadAllText(Path.Combine(directory, "Chart.yaml"))), "name")!;
        foreach (var (path, value) in given)
        {
            var keys = path.Split('.');
            ((YamlMappingNode)Find(keys[..^1])).Children[new YamlScalarNode(keys[^1])] = new YamlScalarNode(value);
        }

        foreach (var file in Directory.GetFiles(Path.Combine(directory, "templates"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Objects.Add(Load(Render(File.ReadAllText(file))));
        }
    }

    public List<YamlMappingNode> Objects { get; } = [];

    public YamlMappingNode Get(string kind, string name) =>
        Assert.Single(Objects, item => Text(item, "kind") == kind && Text(item, "metadata", "name") == name);

    public IEnumerable<YamlMappingNode> OfKind(params string[] kinds) => Objects.Where(item => kinds.Contains(Text(item, "kind")));

    public static YamlNode? Node(YamlNode node, params string[] path) =>
        path.Aggregate<string, YamlNode?>(node, (current, key) => current is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null);

    public static string? Text(YamlNode node, params string[] path) => (Node(node, path) as YamlScalarNode)?.Value;

    public static List<YamlMappingNode> List(YamlNode node, params string[] path) =>
        [.. (Node(node, path) as YamlSequenceNode)?.Children.Cast<YamlMappingNode>() ?? []];

    public static Dictionary<string, string> Map(YamlNode node, params string[] path) =>
        (Node(node, path) as YamlMappingNode)?.Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => ((YamlScalarNode)entry.Value).Value!) ?? [];

    public static YamlMappingNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private string Render(string template) => Expression().Replace(template, match => match.Groups[1].Value switch
    {
        ".Release.Name" => "release",
        ".Chart.Name" => _chart,
        ['`', .. var braces, '`'] => braces,
        var expression when Escaped().Match(expression) is { Success: true } value => Quoted(((YamlScalarNode)Find(value.Groups[1].Value.Split('.'))).Value!)[1..^1],
        var expression when Value().Match(expression) is { Success: true } value => ((YamlScalarNode)Find(value.Groups[1].Value.Split('.'))).Value!,
        var expression => throw new InvalidOperationException($"Not rendered: {expression}"),
    });

    /// <summary>A text as the function quote gives it: Go writes what is neither a letter nor printable by its number.</summary>
    private static string Quoted(string text) => $"\"{string.Concat(text.EnumerateRunes().Select(rune => rune.Value switch
    {
        '"' or '\\' => $"\\{rune}",
        '\n' => "\\n",
        < ' ' or 0x7f => $"\\x{rune.Value:x2}",
        _ when Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned =>
            rune.Value <= 0xffff ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}",
        _ => rune.ToString(),
    }))}\"";

    private YamlNode Find(string[] keys) => Node(_values, keys) ?? throw new InvalidOperationException($"values.yaml has no {string.Join('.', keys)}");

    [GeneratedRegex(@"^regexReplaceAll `\^\.\|\.\$` \(\.Values\.([A-Za-z0-9_.]+?) \| quote\) ``$")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"\{\{ ?(.+?) ?\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\.Values\.([A-Za-z0-9_.]+?)( \| int)?$")]
    private static partial Regex Value();
}
