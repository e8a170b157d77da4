using System.Text;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Otlp;

/// <summary>What the three signals have in common: resources, scopes, attributes and ids.</summary>
internal sealed class OtlpReader(TelemetryStore store)
{
    private const int MaxDepth = 16;
    private const string UnknownService = "unknown_service";

    public TelemetryStore Store { get; } = store;

    private readonly SharedObjects<KeyValue> _attributes = new();
    private readonly SharedObjects<string> _texts = new();

    /// <summary>Reads one item of a request; null for one that can't be kept. The list is empty and serves to gather the item's attributes.</summary>
    public delegate T? ItemReader<T>(ReadOnlySpan<byte> message, TelemetryResource resource, InstrumentationScope scope, List<KeyValue> attributes) where T : class;

    /// <summary>Reads all items of an export request and counts those that can't be kept.</summary>
    public (List<T> Items, int Refused) ReadItems<T>(ReadOnlySpan<byte> request, ItemReader<T> read) where T : class
    {
        List<T> items = [];
        List<KeyValue> attributes = [];
        var refused = 0;
        foreach (var batch in OtlpBatches.Of(request))
        {
            var resource = Resource(batch.Resource(request));
            var scope = batch.HasScope ? Scope(batch.Scope(request)) : InstrumentationScope.None;
            foreach (var message in batch.Items)
            {
                attributes.Clear();
                if (resource is not null && read(request[message], resource, scope, attributes) is { } item)
                {
                    items.Add(item);
                }
                else
                {
                    refused++;
                }
            }
        }

        return (items, refused);
    }

    /// <summary>The sender, or null when there are too many of them.</summary>
    public TelemetryResource? Resource(ReadOnlySpan<byte> message)
    {
        List<KeyValue> attributes = [];
        uint dropped = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            if (reader.Field == 1)
            {
                Add(attributes, reader.Bytes(), ref dropped);
            }
            else
            {
                reader.Skip();
            }
        }

        var name = Find("service.name") is { Length: > 0 } service ? service : UnknownService;
        return Store.Resources.GetOrAdd(name, Find("service.instance.id"), [.. attributes]);

        string? Find(string key) => attributes.Find(attribute => attribute.Key == key)?.Text;
    }

    public InstrumentationScope Scope(ReadOnlySpan<byte> message)
    {
        var (name, version) = ("", "");
        List<KeyValue> attributes = [];
        uint dropped = 0;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    name = Text(reader.Bytes());
                    break;
                case 2:
                    version = Text(reader.Bytes());
                    break;
                case 3:
                    Add(attributes, reader.Bytes(), ref dropped);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, version, new([.. attributes]));
    }

    /// <summary>Adds an attribute, or counts it as dropped beyond the limit.</summary>
    public void Add(List<KeyValue> attributes, ReadOnlySpan<byte> message, ref uint dropped)
    {
        if (attributes.Count >= Store.Limits.MaxAttributeCount)
        {
            dropped++;
            return;
        }

        attributes.Add(Attribute(message, MaxDepth));
    }

    /// <summary>A text that is likely to come again.</summary>
    public string Text(ReadOnlySpan<byte> utf8)
    {
        if (_texts.Find(utf8, out var hash) is { } shared)
        {
            return shared;
        }

        var text = Encoding.UTF8.GetString(utf8);
        _texts.Add(utf8, hash, text);
        return text;
    }

    public object? Value(ReadOnlySpan<byte> message) => Value(message, MaxDepth);

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

    /// <summary>What attributes are taken to hold in memory: the array and what is not shared.</summary>
    public static int Size(List<KeyValue> attributes)
    {
        var bytes = 24 + (8 * attributes.Count);
        foreach (var attribute in attributes)
        {
            bytes += attribute.Value is string { Length: <= 128 } ? 16 : 48 + Size(attribute.Value);
        }

        return bytes;
    }

    public static int Size(object? value) => value switch
    {
        string text => 24 + (2 * text.Length),
        byte[] bytes => 24 + bytes.Length,
        KeyValue[] map => 24 + map.Sum(item => 48 + (2 * item.Key.Length) + Size(item.Value)),
        object?[] list => 24 + list.Sum(Size),
        _ => 24,
    };

    private KeyValue Attribute(ReadOnlySpan<byte> message, int depth)
    {
        if (_attributes.Find(message, out var hash) is { } shared)
        {
            return shared;
        }

        var key = "";
        object? value = null;
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            switch (reader.Field)
            {
                case 1:
                    key = Text(reader.Bytes());
                    break;
                case 2:
                    value = Value(reader.Bytes(), depth);
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

    private object? Value(ReadOnlySpan<byte> message, int depth)
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
                    value = Bounded(Text(reader.Bytes()));
                    break;
                case 2:
                    value = reader.Unsigned() != 0;
                    break;
                case 3:
                    value = (long)reader.Unsigned();
                    break;
                case 4:
                    value = reader.Double();
                    break;
                case 5:
                    value = List(reader.Bytes(), depth);
                    break;
                case 6:
                    value = Map(reader.Bytes(), depth);
                    break;
                case 7:
                    value = reader.Bytes().ToArray();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    private object?[] List(ReadOnlySpan<byte> message, int depth)
    {
        List<object?> items = [];
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            if (reader.Field == 1)
            {
                items.Add(Value(reader.Bytes(), depth - 1));
            }
            else
            {
                reader.Skip();
            }
        }

        return [.. items];
    }

    private KeyValue[] Map(ReadOnlySpan<byte> message, int depth)
    {
        List<KeyValue> items = [];
        for (var reader = new ProtobufReader(message); reader.Next();)
        {
            if (reader.Field == 1)
            {
                items.Add(Attribute(reader.Bytes(), depth - 1));
            }
            else
            {
                reader.Skip();
            }
        }

        return [.. items];
    }

    private string Bounded(string text) => text.Length > Store.Limits.MaxAttributeLength ? text[..Store.Limits.MaxAttributeLength] : text;
}
