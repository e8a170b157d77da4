using System.Collections;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// A mapping in a YAML file, in the order it is written. Values are maps, dictionaries, lists, numbers, booleans, <see cref="YamlRaw"/> and
/// texts; what is null or empty is left out, so that an optional part needs no condition.
/// </summary>
internal sealed class YamlMap : IEnumerable<KeyValuePair<string, object>>
{
    private readonly List<KeyValuePair<string, object>> _entries = [];

    public int Count => _entries.Count;

    public void Add(string key, object? value)
    {
        if (value is not (null or ICollection { Count: 0 } or YamlMap { Count: 0 }))
        {
            _entries.Add(new(key, value));
        }
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>What stands in the file as it is, such as an expression of Helm's that gives a number.</summary>
internal sealed record YamlRaw(string Text)
{
    /// <summary>A mapping with nothing in it, where one must be.</summary>
    public static readonly YamlRaw EmptyMap = new("{}");
}
