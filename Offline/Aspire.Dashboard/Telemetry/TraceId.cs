using System.Buffers.Binary;
using System.Globalization;

namespace Aspire.Dashboard.Telemetry;

/// <summary>The 16 bytes that name a trace, without an array for them.</summary>
public readonly record struct TraceId(ulong High, ulong Low)
{
    /// <summary>True for the id that OTLP calls invalid: all zeros, or none sent.</summary>
    public bool IsEmpty => (High | Low) == 0;

    /// <summary>Reads 32 hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TraceId id)
    {
        id = default;
        if (text.Length != 32
            || !ulong.TryParse(text[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !ulong.TryParse(text[16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        id = new(high, low);
        return true;
    }

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine((int)High, (int)(High >> 32), (int)Low, (int)(Low >> 32));

    /// <summary>Thirty-two lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");

    internal static TraceId FromBytes(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
}
