using System.Buffers;
using System.Globalization;
using System.Text;

namespace Link.Redis;

/// <summary>Prints replies byte for byte as redis-cli does: for people on a terminal, raw into a pipe.</summary>
internal static class ReplyFormatter
{
    /// <summary>Commands whose answer is a text of many lines, printed as it is also on a terminal.</summary>
    private static readonly string[] s_reports =
    [
        "INFO", "LOLWUT", "CLIENT LIST", "CLIENT INFO", "CLUSTER INFO", "CLUSTER NODES", "DEBUG HTSTATS", "DEBUG HTSTATS-KEY",
        "LATENCY DOCTOR", "LATENCY GRAPH", "MEMORY DOCTOR", "MEMORY MALLOC-STATS",
    ];

    /// <summary>The reply to a command, for people or raw.</summary>
    public static byte[] Format(IReadOnlyList<ReadOnlyMemory<byte>> command, RespValue reply, bool raw) =>
        IsReport(command) ? Report(reply) : raw ? Raw(reply) : ForTerminal(reply);

    /// <summary>Strings quoted, types named, elements numbered and nested ones indented.</summary>
    public static byte[] ForTerminal(RespValue reply)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteForTerminal(reply, "", output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The bytes themselves, one element per line.</summary>
    public static byte[] Raw(RespValue reply)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteRaw(reply, output);
        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>What a server tells unasked: the keys that changed, or whatever else it is.</summary>
    public static byte[] Push(RespValue push)
    {
        if (push.Items is not [{ Text: "invalidate" }, var keys])
        {
            return ForTerminal(push);
        }

        var output = new ArrayBufferWriter<byte>();
        Write(output, "-> invalidate: ");
        for (var i = 0; i < keys.Items.Count; i++)
        {
            Write(output, i == 0 ? "'" : ", '");
            output.Write(keys.Items[i].Bytes.Span);
            Write(output, "'");
        }

        Write(output, "\n");
        return output.WrittenSpan.ToArray();
    }

    private static bool IsReport(IReadOnlyList<ReadOnlyMemory<byte>> command)
    {
        var verb = Encoding.UTF8.GetString(command[0].Span);
        var verbs = command.Count > 1 ? $"{verb} {Encoding.UTF8.GetString(command[1].Span)}" : verb;
        return s_reports.Contains(verb, StringComparer.OrdinalIgnoreCase) || s_reports.Contains(verbs, StringComparer.OrdinalIgnoreCase);
    }

    private static byte[] Report(RespValue reply)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteRaw(reply, output);
        if (output.WrittenSpan is not [.., (byte)'\n'])
        {
            output.Write("\n"u8);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteForTerminal(RespValue reply, string prefix, ArrayBufferWriter<byte> output)
    {
        switch (reply.Kind)
        {
            case RespKind.Array or RespKind.Map or RespKind.Set or RespKind.Push:
                WriteItems(reply, prefix, output);
                return;
            case RespKind.Error: Write(output, "(error) "); output.Write(reply.Bytes.Span); break;
            case RespKind.Integer: Write(output, "(integer) "); output.Write(reply.Bytes.Span); break;
            case RespKind.Double: Write(output, "(double) "); output.Write(reply.Bytes.Span); break;
            case RespKind.Boolean: Write(output, reply.Text == "t" ? "(true)" : "(false)"); break;
            case RespKind.Nil: Write(output, "(nil)"); break;
            case RespKind.BulkString: WriteQuoted(reply.Bytes.Span, output); break;
            default: output.Write(reply.Bytes.Span); break;
        }

        Write(output, "\n");
    }

    private static void WriteItems(RespValue reply, string prefix, ArrayBufferWriter<byte> output)
    {
        if (reply.Items.Count == 0)
        {
            Write(output, reply.Kind switch
            {
                RespKind.Map => "(empty hash)\n",
                RespKind.Set => "(empty set)\n",
                RespKind.Push => "(empty push)\n",
                _ => "(empty array)\n",
            });
            return;
        }

        var isMap = reply.Kind == RespKind.Map;
        var width = (isMap ? reply.Items.Count / 2 : reply.Items.Count).ToString(CultureInfo.InvariantCulture).Length;
        var nested = prefix + new string(' ', width + 2);
        var mark = reply.Kind switch { RespKind.Set => '~', RespKind.Map => '#', _ => ')' };
        for (var i = 0; i < reply.Items.Count; i++)
        {
            var number = ((isMap ? i / 2 : i) + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width);

            // The first element continues the line that announces this one.
            Write(output, $"{(i == 0 ? "" : prefix)}{number}{mark} ");
            if (!isMap)
            {
                WriteForTerminal(reply.Items[i], nested, output);
                continue;
            }

            var key = new ArrayBufferWriter<byte>();
            WriteForTerminal(reply.Items[i], nested, key);
            output.Write(key.WrittenSpan[..^1]);
            var value = reply.Items[++i];
            var text = new ArrayBufferWriter<byte>();
            WriteForTerminal(value, nested, text);

            // Elements on more than one line start below their key.
            Write(output, value.Items.Count > 0 && text.WrittenSpan[..^1].Contains((byte)'\n') ? $" => \n{nested}" : " => ");
            output.Write(text.WrittenSpan);
        }
    }

    private static void WriteRaw(RespValue reply, ArrayBufferWriter<byte> output)
    {
        switch (reply.Kind)
        {
            case RespKind.Nil:
                return;
            case RespKind.Error:
                output.Write(reply.Bytes.Span);
                Write(output, "\n");
                return;
            case RespKind.Boolean:
                Write(output, reply.Text == "t" ? "(true)" : "(false)");
                return;
            case RespKind.Map:
                for (var i = 0; i + 1 < reply.Items.Count; i += 2)
                {
                    Write(output, i == 0 ? "" : "\n");
                    WriteRaw(reply.Items[i], output);
                    Write(output, " ");
                    WriteRaw(reply.Items[i + 1], output);
                }

                return;
            case RespKind.Array or RespKind.Set or RespKind.Push:
                for (var i = 0; i < reply.Items.Count; i++)
                {
                    Write(output, i == 0 ? "" : "\n");
                    WriteRaw(reply.Items[i], output);
                }

                return;
            default:
                output.Write(reply.Bytes.Span);
                return;
        }
    }

    private static void WriteQuoted(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> output)
    {
        Write(output, "\"");
        foreach (var value in bytes)
        {
            switch ((char)value)
            {
                case '\\' or '"': Write(output, "\\" + (char)value); break;
                case '\n': Write(output, "\\n"); break;
                case '\r': Write(output, "\\r"); break;
                case '\t': Write(output, "\\t"); break;
                case '\a': Write(output, "\\a"); break;
                case '\b': Write(output, "\\b"); break;
                case >= ' ' and <= '~': output.Write([value]); break;
                default: Write(output, string.Create(CultureInfo.InvariantCulture, $"\\x{value:x2}")); break;
            }
        }

        Write(output, "\"");
    }

    private static void Write(ArrayBufferWriter<byte> output, string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
