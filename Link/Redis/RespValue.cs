using System.Text;

namespace Link.Redis;

/// <summary>The types of RESP2 and RESP3.</summary>
internal enum RespKind
{
    SimpleString,
    Error,
    Integer,
    BulkString,
    Nil,
    Array,
    Map,
    Set,
    Push,
    Double,
    Boolean,
    BigNumber,
    Verbatim,
}

/// <summary>One reply. A map holds its keys and values in turn in <see cref="Items"/>.</summary>
internal sealed record RespValue(RespKind Kind, ReadOnlyMemory<byte> Bytes, IReadOnlyList<RespValue> Items)
{
    public static readonly RespValue Nil = new(RespKind.Nil, default, []);

    public RespValue(RespKind kind, ReadOnlyMemory<byte> bytes)
        : this(kind, bytes, [])
    {
    }

    public RespValue(RespKind kind, IReadOnlyList<RespValue> items)
        : this(kind, default, items)
    {
    }

    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public bool IsError => Kind == RespKind.Error;
}
