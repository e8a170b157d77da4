using System.Globalization;
using System.Text;

namespace Link.Redis;

/// <summary>Splits a typed line into the arguments of a command, with redis-cli's quotes and escapes.</summary>
internal static class CommandSplitter
{
    /// <summary>Returns null when quotes are not balanced.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Split(string line) => Split(Encoding.UTF8.GetBytes(line));

    /// <inheritdoc cref="Split(string)"/>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Split(byte[] bytes)
    {
        var arguments = new List<ReadOnlyMemory<byte>>();
        for (var i = 0; ;)
        {
            while (i < bytes.Length && IsSpace(bytes[i]))
            {
                i++;
            }

            if (i == bytes.Length)
            {
                return arguments;
            }

            var argument = new List<byte>();
            while (i < bytes.Length && !IsSpace(bytes[i]))
            {
                var balanced = bytes[i] switch
                {
                    (byte)'"' => TakeDoubleQuoted(bytes, ref i, argument),
                    (byte)'\'' => TakeSingleQuoted(bytes, ref i, argument),
                    _ => TakeByte(bytes, ref i, argument),
                };
                if (!balanced)
                {
                    return null;
                }
            }

            arguments.Add(argument.ToArray());
        }
    }

    private static bool TakeByte(byte[] bytes, ref int i, List<byte> argument)
    {
        argument.Add(bytes[i++]);
        return true;
    }

    private static bool TakeDoubleQuoted(byte[] bytes, ref int i, List<byte> argument)
    {
        for (i++; i < bytes.Length; i++)
        {
            switch (bytes[i])
            {
                case (byte)'"':
                    return EndsWord(bytes, ++i);
                case (byte)'\\' when i + 3 < bytes.Length && bytes[i + 1] == 'x' && TryHex(bytes.AsSpan(i + 2, 2), out var value):
                    argument.Add(value);
                    i += 3;
                    break;
                case (byte)'\\' when i + 1 < bytes.Length:
                    argument.Add(bytes[++i] switch
                    {
                        (byte)'n' => (byte)'\n',
                        (byte)'r' => (byte)'\r',
                        (byte)'t' => (byte)'\t',
                        (byte)'b' => (byte)'\b',
                        (byte)'a' => (byte)'\a',
                        var other => other,
                    });
                    break;
                default:
                    argument.Add(bytes[i]);
                    break;
            }
        }

        return false;
    }

    private static bool TakeSingleQuoted(byte[] bytes, ref int i, List<byte> argument)
    {
        for (i++; i < bytes.Length; i++)
        {
            if (bytes[i] == '\'')
            {
                return EndsWord(bytes, ++i);
            }

            if (bytes[i] == '\\' && i + 1 < bytes.Length && bytes[i + 1] == '\'')
            {
                i++;
            }

            argument.Add(bytes[i]);
        }

        return false;
    }

    private static bool EndsWord(byte[] bytes, int i) => i == bytes.Length || IsSpace(bytes[i]);

    private static bool IsSpace(byte value) => value is (byte)' ' or (>= 9 and <= 13);

    private static bool TryHex(ReadOnlySpan<byte> digits, out byte value) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
