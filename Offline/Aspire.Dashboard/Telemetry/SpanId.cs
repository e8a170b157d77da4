using System.Buffers.Binary;
using System.Globalization;

namespace Aspire.Dashboard.Telemetry;

/// <summary>The 8 bytes that name a span.</summary>
public readonly record struct SpanId(ulong Value)
{
    /// <summary>True for the id that OTLP calls invalid: all zeros, or none sent. A root span's parent is empty.</summary>
    public bool IsEmpty => Value == 0;

    /// <summary>Reads 16 hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SpanId id)
    {
        id = default;
        if (text.Length != 16 || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        id = new(value);
        return true;
    }

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine((int)Value, (int)(Value >> 32));

    /// <summary>Sixteen lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    internal static SpanId FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes));
}
