using System.Collections;

namespace Aspire.Dashboard.Telemetry;

/// <summary>The attributes of a span, record, point, scope or resource, in the order they were sent. Never null, often empty.</summary>
public readonly struct AttributeList(KeyValue[]? items) : IReadOnlyList<KeyValue>
{
    private readonly KeyValue[]? _items = items;

    /// <inheritdoc />
    public int Count => _items?.Length ?? 0;

    /// <inheritdoc />
    public KeyValue this[int index] => _items![index];

    /// <summary>The text of an attribute, or null when there is none of that name.</summary>
    public string? this[string key] => Find(key)?.Text;

    /// <summary>The first attribute of that name, or null.</summary>
    public KeyValue? Find(string key)
    {
        foreach (var item in AsSpan())
        {
            // Keys are shared, so that most comparisons end at the reference or the length.
            if (string.Equals(item.Key, key, StringComparison.Ordinal))
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>The attributes without an enumerator.</summary>
    public ReadOnlySpan<KeyValue> AsSpan() => _items;

    /// <inheritdoc />
    public IEnumerator<KeyValue> GetEnumerator() => ((IEnumerable<KeyValue>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
