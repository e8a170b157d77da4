using System.Collections.Concurrent;
using System.Text;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// Gives equal texts and attributes the same object: most spans of a program differ in few attributes, and full buffers stay small.
/// Bounded: it starts afresh when it is full.
/// </summary>
internal sealed class AttributePool
{
    private const int Capacity = 20_000;
    private const int LongestShared = 128;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _byCharacters;
    private readonly ConcurrentDictionary<(string Key, string Value), KeyValue> _attributes = new();

    private int _added;

    public AttributePool() => _byCharacters = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > LongestShared)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> characters = stackalloc char[LongestShared];
        characters = characters[..Encoding.UTF8.GetChars(utf8, characters)];
        if (_byCharacters.TryGetValue(characters, out var shared))
        {
            return shared;
        }

        MakeRoom();
        var text = characters.ToString();
        return _texts.GetOrAdd(text, text);
    }

    public KeyValue Attribute(string key, object? value)
    {
        if (value is not string text || text.Length > LongestShared)
        {
            return new(key, value);
        }

        if (_attributes.TryGetValue((key, text), out var shared))
        {
            return shared;
        }

        MakeRoom();
        return _attributes.GetOrAdd((key, text), new KeyValue(key, text));
    }

    /// <summary>
    /// Starts afresh when full: what is in use comes back soon, what was unique (ids, times) is gone. Counted here, since the dictionary's own
    /// count takes all of its locks.
    /// </summary>
    private void MakeRoom()
    {
        if (Interlocked.Increment(ref _added) % Capacity == 0)
        {
            _texts.Clear();
            _attributes.Clear();
        }
    }
}
