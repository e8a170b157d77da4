using System.Globalization;
using System.Text;

namespace Link.Redis;

/// <summary>Reads replies of RESP2 and RESP3 from a stream, within limits that no real server reaches.</summary>
internal sealed class RespReader(Stream stream)
{
    private const int LongestLine = 64 * 1024;
    private const int LongestBulk = 512 * 1024 * 1024;
    private const int DeepestNesting = 64;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _position;
    private int _length;

    public async ValueTask<RespValue> ReadAsync(CancellationToken cancellationToken) => await ReadAsync(0, cancellationToken);

    private async ValueTask<RespValue> ReadAsync(int depth, CancellationToken cancellationToken)
    {
        if (depth > DeepestNesting)
        {
            throw new RespException("the reply is nested too deeply");
        }

        var line = await ReadLineAsync(cancellationToken);
        if (line.Length == 0)
        {
            throw new RespException("an empty line where a reply should start");
        }

        var rest = line.AsMemory(1);
        switch ((char)line[0])
        {
            case '+': return new(RespKind.SimpleString, rest);
            case '-': return new(RespKind.Error, rest);
            case ':': return new(RespKind.Integer, rest);
            case ',': return new(RespKind.Double, rest);
            case '#': return new(RespKind.Boolean, rest);
            case '(': return new(RespKind.BigNumber, rest);
            case '_': return RespValue.Nil;
            case '$': return await ReadBulkAsync(RespKind.BulkString, rest, cancellationToken);
            case '!': return await ReadBulkAsync(RespKind.Error, rest, cancellationToken);
            case '=': return await ReadVerbatimAsync(rest, cancellationToken);
            case '*': return await ReadItemsAsync(RespKind.Array, rest, 1, depth, cancellationToken);
            case '~': return await ReadItemsAsync(RespKind.Set, rest, 1, depth, cancellationToken);
            case '>': return await ReadItemsAsync(RespKind.Push, rest, 1, depth, cancellationToken);
            case '%': return await ReadItemsAsync(RespKind.Map, rest, 2, depth, cancellationToken);
            case '|':
                // Attributes are out-of-band remarks about the reply that follows.
                await ReadItemsAsync(RespKind.Map, rest, 2, depth, cancellationToken);
                return await ReadAsync(depth, cancellationToken);
            default:
                throw new RespException($"'{Printable(line[0])}' does not start a reply; is this a Redis server?");
        }
    }

    private async ValueTask<RespValue> ReadBulkAsync(RespKind kind, ReadOnlyMemory<byte> header, CancellationToken cancellationToken)
    {
        var length = ParseLength(header, LongestBulk);
        return length < 0 ? RespValue.Nil : new(kind, await ReadExactlyAsync(length, cancellationToken));
    }

    private async ValueTask<RespValue> ReadVerbatimAsync(ReadOnlyMemory<byte> header, CancellationToken cancellationToken)
    {
        var bytes = await ReadExactlyAsync(Math.Max(0, ParseLength(header, LongestBulk)), cancellationToken);

        // Three letters name the format, then a colon.
        return new(RespKind.Verbatim, bytes.Length >= 4 ? bytes.AsMemory(4) : bytes);
    }

    private async ValueTask<RespValue> ReadItemsAsync(
        RespKind kind, ReadOnlyMemory<byte> header, int perEntry, int depth, CancellationToken cancellationToken)
    {
        var count = ParseLength(header, int.MaxValue / 2);
        if (count < 0)
        {
            return RespValue.Nil;
        }

        // Grown as items arrive: the announced count alone must not reserve memory.
        var items = new List<RespValue>();
        for (var i = 0L; i < (long)count * perEntry; i++)
        {
            items.Add(await ReadAsync(depth + 1, cancellationToken));
        }

        return new(kind, items);
    }

    private static int ParseLength(ReadOnlyMemory<byte> header, int limit) =>
        int.TryParse(header.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var length) && length >= -1 && length <= limit
            ? length
            : throw new RespException($"'{Encoding.Latin1.GetString(header.Span)}' is not a length");

    private async ValueTask<byte[]> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new MemoryStream();
        while (true)
        {
            if (_position == _length)
            {
                await FillAsync(cancellationToken);
            }

            var end = Array.IndexOf(_buffer, (byte)'\n', _position, _length - _position);
            var take = (end < 0 ? _length : end) - _position;
            line.Write(_buffer, _position, take);
            if (line.Length > LongestLine)
            {
                throw new RespException("a line of the reply is too long");
            }

            if (end < 0)
            {
                _position = _length;
                continue;
            }

            _position = end + 1;
            var bytes = line.ToArray();
            return bytes is [.. var text, (byte)'\r'] ? text : bytes;
        }
    }

    private async ValueTask<byte[]> ReadExactlyAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        for (var filled = 0; filled < length;)
        {
            if (_position == _length)
            {
                await FillAsync(cancellationToken);
            }

            var take = Math.Min(length - filled, _length - _position);
            _buffer.AsSpan(_position, take).CopyTo(bytes.AsSpan(filled));
            _position += take;
            filled += take;
        }

        await ReadLineAsync(cancellationToken);
        return bytes;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _position = 0;
        _length = 0;
        _length = await stream.ReadAsync(_buffer, cancellationToken);
        if (_length == 0)
        {
            throw new EndOfStreamException("Server closed the connection");
        }
    }

    private static string Printable(byte value) => value is >= 0x20 and < 0x7f ? ((char)value).ToString() : $"\\x{value:x2}";
}

/// <summary>What came is not the Redis protocol.</summary>
internal sealed class RespException(string message) : IOException(message);
