using System.Text;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Otlp;

/// <summary>What the three signals have in common: resources, scopes, attributes and ids.</summary>
internal sealed class OtlpReader(TelemetryStore store)
{
    private const int MaxDepth = 16;
    private const int PortionItems = 10_000;
    private const long PortionBytes = 16 << 20;
    private const int LargestItem = 64 << 20;

    // What the runtime takes for an object beside its content, and for a reference to one.
    private const int Overhead = 24;
    private const int Reference = 8;
    private const string UnknownService = "unknown_service";

    public TelemetryStore Store { get; } = store;

    private readonly SharedObjects<KeyValue> _attributes = new();
    private readonly SharedObjects<string> _texts = new();

    /// <summary>
    /// Reads one item of a request; null for one that can't be kept. The list is empty and serves to gather the item's attributes; what the item takes in
    /// memory is added to <paramref name="bytes"/>.
    /// </summary>
    public delegate T? ItemReader<T>(ReadOnlySpan<byte> message, TelemetryResource resource, InstrumentationScope scope, List<KeyValue> attributes, ref int bytes) where T : class;

    /// <summary>Takes in items, with the number of those that can't be kept, and returns how many were refused in all.</summary>
    public delegate int ItemWriter<T>(List<T> items, int refused);

    /// <summary>As how many an item counts that can't be kept, where that is not one.</summary>
    public delegate int ItemCounter(ReadOnlySpan<byte> message);

    /// <summary>
    /// Reads all items of an export request and returns how many were refused. Few bytes can stand for much that has to be held, so that a request beyond
    /// all measure is taken in by portions. Fields may come in any order, which is why each message is walked first for what all of its parts share.
    /// </summary>
    public int ReadItems<T>(ReadOnlySpan<byte> request, ItemReader<T> read, ItemWriter<T> write, ItemCounter? count = null) where T : class
    {
        List<T> items = [];
        List<KeyValue> attributes = [];
        var (refused, refusedBefore, held) = (0, 0, 0L);
        for (var resources = new ProtobufReader(request); resources.Next(1, out var batch);)
        {
            var resource = Resource(Last(batch, 1));
            for (var scopes = new ProtobufReader(batch); scopes.Next(2, out var scoped);)
            {
                var scopeBytes = 0;
                var scope = Scope(Last(scoped, 1), ref scopeBytes);
                for (var messages = new ProtobufReader(scoped); messages.Next(2, out var message);)
                {
                    attributes.Clear();
                    var bytes = scopeBytes;
                    if (resource is not null && read(message, resource, scope, attributes, ref bytes) is { } item)
                    {
                        items.Add(item);
                        held += bytes;
                    }
                    else
                    {
                        refused += count?.Invoke(message) ?? 1;
                    }

                    if (items.Count == PortionItems || held > PortionBytes)
                    {
                        refusedBefore += write(items, refused);
                        (items, refused, held) = ([], 0, 0);
                    }
                }
            }
        }

        return refusedBefore + write(items, refused);
    }

    /// <summary>The sender, or null when there are too many of them.</summary>
    private TelemetryResource? Resource(ReadOnlySpan<byte> message)
    {
        List<KeyValue> attributes = [];
        uint dropped = 0;
        var bytes = 0;
        for (var reader = new ProtobufReader(message); reader.Next(1, out var attribute);)
        {
            Add(attributes, attribute, ref dropped, ref bytes);
        }

        var name = Find("service.name") is { Length: > 0 } service ? service : UnknownService;
        return Store.Resources.GetOrAdd(name, Find("service.instance.id"), [.. attributes], bytes);

        string? Find(string key) => attributes.Find(attribute => attribute.Key == key)?.Text;
    }

    private InstrumentationScope Scope(ReadOnlySpan<byte> message, ref int bytes)
    {
        if (message.IsEmpty)
        {
            return InstrumentationScope.None;
        }

        var (name, version) = ("", "");
        List<KeyValue> attributes = [];
        uint dropped = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    name = Text(reader.Bytes(), ref bytes);
                    break;
                case 2:
                    version = Text(reader.Bytes(), ref bytes);
                    break;
                case 3:
                    Add(attributes, reader.Bytes(), ref dropped, ref bytes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, version, new([.. attributes]));
    }

    /// <summary>Adds an attribute, or counts it as dropped beyond the limit.</summary>
    public void Add(List<KeyValue> attributes, ReadOnlySpan<byte> message, ref uint dropped, ref int bytes)
    {
        if (attributes.Count >= Store.Limits.MaxAttributeCount)
        {
            dropped++;
            return;
        }

        Hold(Reference, ref bytes);
        attributes.Add(Attribute(message, MaxDepth, ref bytes));
    }

    /// <summary>A text that is likely to come again: one that did is not held a second time.</summary>
    public string Text(ReadOnlySpan<byte> utf8, ref int bytes)
    {
        if (_texts.Find(utf8, out var hash) is { } shared)
        {
            return shared;
        }

        var text = Encoding.UTF8.GetString(utf8);
        Hold(Overhead + (text.Length * sizeof(char)), ref bytes);
        _texts.Add(utf8, hash, text);
        return text;
    }

    public object? Value(ReadOnlySpan<byte> message, ref int bytes) => Value(message, MaxDepth, ref bytes);

    /// <summary>Counts what an item takes in memory, and refuses one that is made to take much more than what was sent.</summary>
    public static void Hold(int more, ref int bytes)
    {
        bytes += more;
        if (bytes > LargestItem)
        {
            throw new OtlpFormatException("an item would take too much memory");
        }
    }

    public static TraceId Trace(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        16 => TraceId.FromBytes(bytes),
        0 => default,
        _ => throw new OtlpFormatException($"a trace id has {bytes.Length} bytes"),
    };

    public static SpanId Span(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        8 => SpanId.FromBytes(bytes),
        0 => default,
        _ => throw new OtlpFormatException($"a span id has {bytes.Length} bytes"),
    };

    /// <summary>The field of that number, which holds a message; of several the last, as in any protobuf.</summary>
    private static ReadOnlySpan<byte> Last(ReadOnlySpan<byte> message, int field)
    {
        ReadOnlySpan<byte> last = default;
        for (var reader = new ProtobufReader(message); reader.Next(field, out var found);)
        {
            last = found;
        }

        return last;
    }

    private KeyValue Attribute(ReadOnlySpan<byte> message, int depth, ref int bytes)
    {
        if (_attributes.Find(message, out var hash) is { } shared)
        {
            return shared;
        }

        Hold(Overhead + (2 * Reference), ref bytes);
        var key = "";
        object? value = null;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    key = Text(reader.Bytes(), ref bytes);
                    break;
                case 2:
                    value = Value(reader.Bytes(), depth, ref bytes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var attribute = new KeyValue(key, value);
        _attributes.Add(message, hash, attribute);
        return attribute;
    }

    private object? Value(ReadOnlySpan<byte> message, int depth, ref int bytes)
    {
        if (depth == 0)
        {
            throw new OtlpFormatException("a value is nested too deeply");
        }

        object? value = null;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    value = Bounded(Text(reader.Bytes(), ref bytes));
                    break;
                case 2:
                    value = reader.Unsigned() != 0;
                    Hold(Overhead, ref bytes);
                    break;
                case 3:
                    value = (long)reader.Unsigned();
                    Hold(Overhead, ref bytes);
                    break;
                case 4:
                    value = reader.Double();
                    Hold(Overhead, ref bytes);
                    break;
                case 5:
                    value = List(reader.Bytes(), depth, ref bytes);
                    break;
                case 6:
                    value = Map(reader.Bytes(), depth, ref bytes);
                    break;
                case 7:
                    value = reader.Bytes().ToArray();
                    Hold(Overhead + ((byte[])value).Length, ref bytes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    private object?[] List(ReadOnlySpan<byte> message, int depth, ref int bytes)
    {
        List<object?> items = [];
        Hold(Overhead, ref bytes);
        for (var reader = new ProtobufReader(message); reader.Next(1, out var item);)
        {
            Hold(Reference, ref bytes);
            items.Add(Value(item, depth - 1, ref bytes));
        }

        return [.. items];
    }

    private KeyValue[] Map(ReadOnlySpan<byte> message, int depth, ref int bytes)
    {
        List<KeyValue> items = [];
        Hold(Overhead, ref bytes);
        for (var reader = new ProtobufReader(message); reader.Next(1, out var item);)
        {
            Hold(Reference, ref bytes);
            items.Add(Attribute(item, depth - 1, ref bytes));
        }

        return [.. items];
    }

    private string Bounded(string text) => text.Length > Store.Limits.MaxAttributeLength ? text[..Store.Limits.MaxAttributeLength] : text;
}
