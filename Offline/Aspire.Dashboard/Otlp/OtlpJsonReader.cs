using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// Turns OTLP JSON into the protobuf form, so that both are taken in by the same code. Ids are hexadecimal, 64-bit numbers may be texts, enums may
/// be numbers or names, unknown members are passed over. The lengths of nested messages are written in five bytes, filled in afterwards.
/// </summary>
internal sealed class OtlpJsonReader
{
    private const int LengthBytes = 5;
    private const int MaxDepth = 64;

    private readonly int _limit;
    private byte[] _bytes = new byte[4_096];
    private int _count;

    private OtlpJsonReader(int limit) => _limit = limit;

    /// <exception cref="OtlpFormatException">It is not OTLP JSON.</exception>
    public static byte[] ToProtobuf(ReadOnlySpan<byte> json, OtlpMessage message, int limit)
    {
        var writer = new OtlpJsonReader(limit);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            writer.Message(ref reader, message);
            if (reader.Read())
            {
                throw new OtlpFormatException("something follows the JSON object");
            }
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new OtlpFormatException("it is not valid JSON, or a value has the wrong type");
        }

        return writer._bytes.AsSpan(0, writer._count).ToArray();
    }

    private void Message(ref Utf8JsonReader reader, OtlpMessage message)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new OtlpFormatException("an object was expected");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = message.Find(reader.GetString()!);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Field(ref reader, field);
                }
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                Field(ref reader, field);
            }
        }
    }

    private void Field(ref Utf8JsonReader reader, OtlpField field)
    {
        switch (field.Type)
        {
            case OtlpFieldType.Message:
                Tag(field, 2);
                var start = Reserve();
                Message(ref reader, field.Message!);
                FillIn(start);
                break;
            case OtlpFieldType.Text:
                Tag(field, 2);
                var before = Reserve();
                Text(ref reader);
                FillIn(before);
                break;
            case OtlpFieldType.Hex:
                Bytes(field, Convert.FromHexString(reader.GetString()!));
                break;
            case OtlpFieldType.Base64:
                Bytes(field, reader.GetBytesFromBase64());
                break;
            case OtlpFieldType.Varint:
                Tag(field, 0);
                Varint(Integer(ref reader));
                break;
            case OtlpFieldType.ZigZag:
                Tag(field, 0);
                var number = (long)Integer(ref reader);
                Varint((ulong)((number << 1) ^ (number >> 63)));
                break;
            case OtlpFieldType.Fixed64:
                Tag(field, 1);
                BinaryPrimitives.WriteUInt64LittleEndian(Room(8), Integer(ref reader));
                _count += 8;
                break;
            case OtlpFieldType.Fixed32:
                Tag(field, 5);
                BinaryPrimitives.WriteUInt32LittleEndian(Room(4), (uint)Integer(ref reader));
                _count += 4;
                break;
            case OtlpFieldType.Double:
                Tag(field, 1);
                BinaryPrimitives.WriteDoubleLittleEndian(Room(8), Number(ref reader));
                _count += 8;
                break;
            default:
                Tag(field, 0);
                Varint(reader.GetBoolean() ? 1UL : 0UL);
                break;
        }
    }

    private void Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new OtlpFormatException("a text was expected");
        }

        try
        {
            _count += reader.CopyString(Room(reader.ValueSpan.Length));
        }
        catch (InvalidOperationException)
        {
            // No Unicode, such as half of a surrogate pair from a browser: mended as in the protobuf form, or its whole batch would be lost.
            var mended = Encoding.UTF8.GetBytes(Unescape(Encoding.UTF8.GetString(reader.ValueSpan)));
            mended.CopyTo(Room(mended.Length));
            _count += mended.Length;
        }
    }

    /// <summary>The reader has made sure that the escapes are complete.</summary>
    private static string Unescape(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            i++;
            text.Append(escaped[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(escaped.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var itself => itself,
            });
            i += escaped[i] == 'u' ? 4 : 0;
        }

        return text.ToString();
    }

    private static double Number(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? double.Parse(reader.GetString()!, CultureInfo.InvariantCulture)
        : reader.GetDouble();

    /// <summary>A whole number as 64 bits: signed or not, as a number, a text, or the name of an enum's member.</summary>
    private static ulong Integer(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return reader.TryGetInt64(out var signed) ? (ulong)signed : reader.GetUInt64();
        }

        var text = reader.GetString()!;
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var negative) ? (ulong)negative
            : EnumMember(text);
    }

    private static ulong EnumMember(string name) => name switch
    {
        "SPAN_KIND_UNSPECIFIED" or "STATUS_CODE_UNSET" or "SEVERITY_NUMBER_UNSPECIFIED" or "AGGREGATION_TEMPORALITY_UNSPECIFIED" => 0,
        "SPAN_KIND_INTERNAL" or "STATUS_CODE_OK" or "AGGREGATION_TEMPORALITY_DELTA" => 1,
        "SPAN_KIND_SERVER" or "STATUS_CODE_ERROR" or "AGGREGATION_TEMPORALITY_CUMULATIVE" => 2,
        "SPAN_KIND_CLIENT" => 3,
        "SPAN_KIND_PRODUCER" => 4,
        "SPAN_KIND_CONSUMER" => 5,
        _ => Severity(name),
    };

    private static ulong Severity(string name)
    {
        string[] levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
        for (var i = 0; i < levels.Length; i++)
        {
            for (var step = 1; step <= 4; step++)
            {
                if (name == $"SEVERITY_NUMBER_{levels[i]}{(step == 1 ? "" : step.ToString(CultureInfo.InvariantCulture))}")
                {
                    return (ulong)((i * 4) + step);
                }
            }
        }

        throw new OtlpFormatException("a name of an enum is unknown");
    }

    private void Bytes(OtlpField field, byte[] bytes)
    {
        Tag(field, 2);
        Varint((ulong)bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
        _count += bytes.Length;
    }

    private void Tag(OtlpField field, int wireType) => Varint((ulong)((field.Number << 3) | wireType));

    private void Varint(ulong value)
    {
        var room = Room(10);
        var length = 0;
        for (; value > 0x7F; value >>= 7)
        {
            room[length++] = (byte)(value | 0x80);
        }

        room[length++] = (byte)value;
        _count += length;
    }

    private int Reserve()
    {
        Room(LengthBytes);
        _count += LengthBytes;
        return _count;
    }

    private void FillIn(int start)
    {
        var length = _count - start;
        for (var i = LengthBytes; i > 0; i--)
        {
            _bytes[start - i] = (byte)((length & 0x7F) | (i == 1 ? 0 : 0x80));
            length >>= 7;
        }
    }

    private Span<byte> Room(int bytes)
    {
        if (_count + bytes > _bytes.Length)
        {
            if (_count + bytes > _limit)
            {
                throw new OtlpFormatException($"it is larger than {_limit} bytes");
            }

            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + bytes));
        }

        return _bytes.AsSpan(_count);
    }
}
