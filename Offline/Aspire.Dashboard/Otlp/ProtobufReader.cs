using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// Reads one protobuf message field by field, straight from the bytes that came in. A message that is cut short or makes no sense
/// ends in <see cref="OtlpFormatException"/>, never beyond the bytes.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int MostNumbers = 1_000_000;

    private ReadOnlySpan<byte> _rest = message;
    private int _wireType;

    /// <summary>The number of the field that was begun.</summary>
    public int Field { get; private set; }

    /// <summary>Begins the next field; false at the end of the message.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = Varint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        _wireType = (int)(tag & 7);
        return Field > 0 ? true : throw new OtlpFormatException("a field has the number 0");
    }

    /// <summary>Goes on to the next field of that number, which holds text, bytes or a message; false when there is none.</summary>
    public bool Next(int field, out ReadOnlySpan<byte> bytes)
    {
        while (Next())
        {
            if (Field == field)
            {
                bytes = Bytes();
                return true;
            }

            Skip();
        }

        bytes = default;
        return false;
    }

    /// <summary>The bytes of a field that holds text, bytes, a message or packed numbers.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        Expect(2);
        var length = Varint();
        if (length > (ulong)_rest.Length)
        {
            throw new OtlpFormatException("a field is longer than its message");
        }

        return Take((int)length);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public ulong Unsigned()
    {
        Expect(0);
        return Varint();
    }

    public ulong Fixed64()
    {
        Expect(1);
        return BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
    }

    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64());

    public uint Fixed32()
    {
        Expect(5);
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
    }

    /// <summary>A signed number in zigzag form.</summary>
    public int ZigZag()
    {
        var value = Unsigned();
        return (int)((long)(value >> 1) ^ -(long)(value & 1));
    }

    /// <summary>Appends the 64-bit numbers of a field that holds one of them or, packed, many.</summary>
    public void AppendFixed64(List<ulong> values)
    {
        if (_wireType == 1)
        {
            values.Add(Fixed64());
            return;
        }

        for (var packed = Bytes(); packed.Length > 0; packed = packed[8..])
        {
            if (packed.Length < 8)
            {
                throw new OtlpFormatException("packed numbers are cut short");
            }

            values.Add(BinaryPrimitives.ReadUInt64LittleEndian(packed));
        }
    }

    /// <summary>Appends the numbers of a field that holds one of them or, packed, many.</summary>
    public void AppendUnsigned(List<ulong> values)
    {
        if (_wireType == 0)
        {
            values.Add(Unsigned());
            return;
        }

        var packed = new ProtobufReader(Bytes());
        while (!packed._rest.IsEmpty)
        {
            // A byte each, but eight in memory.
            if (values.Count == MostNumbers)
            {
                throw new OtlpFormatException("a field has too many numbers");
            }

            values.Add(packed.Varint());
        }
    }

    /// <summary>Passes over a field that is of no interest.</summary>
    public void Skip()
    {
        switch (_wireType)
        {
            case 0:
                Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                throw new OtlpFormatException($"field {Field} has wire type {_wireType}");
        }
    }

    private readonly void Expect(int wireType)
    {
        if (_wireType != wireType)
        {
            ThrowUnexpected(wireType);
        }
    }

    /// <summary>Apart, so that what calls it stays small enough to be compiled into its callers.</summary>
    private readonly void ThrowUnexpected(int wireType) => throw new OtlpFormatException($"field {Field} has wire type {_wireType} in place of {wireType}");

    /// <summary>Most are of one byte: tags and lengths.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Varint()
    {
        var rest = _rest;
        if (!rest.IsEmpty && rest[0] < 0x80)
        {
            _rest = rest[1..];
            return rest[0];
        }

        return LongVarint();
    }

    private ulong LongVarint()
    {
        ulong value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            var part = _rest[i];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw new OtlpFormatException("a number is cut short or too long");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw new OtlpFormatException("a number is cut short");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
