using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes YAML as the publishers of Aspire do: two spaces, lists indented, every text in double quotes.</summary>
internal static partial class YamlText
{
    public static string Write(YamlMap map)
    {
        var text = new StringBuilder();
        WriteMap(text, map, indent: 0);
        return text.ToString();
    }

    private static void WriteMap(StringBuilder text, YamlMap map, int indent)
    {
        foreach (var (key, value) in map)
        {
            text.Append(' ', indent).Append(Key(key)).Append(':');
            WriteValue(text, value, indent + 2);
        }
    }

    private static void WriteValue(StringBuilder text, object value, int indent)
    {
        switch (value)
        {
            case YamlMap map:
                text.Append('\n');
                WriteMap(text, map, indent);
                break;
            case IDictionary dictionary:
                text.Append('\n');
                WriteMap(text, Map(dictionary), indent);
                break;
            case IList list:
                text.Append('\n');
                WriteList(text, list, indent);
                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void WriteList(StringBuilder text, IList list, int indent)
    {
        foreach (var item in list)
        {
            if ((item as YamlMap ?? (item is IDictionary dictionary ? Map(dictionary) : null)) is { } map)
            {
                // The first key stands beside the dash.
                var start = text.Length;
                WriteMap(text, map, indent + 2);
                text[start + indent] = '-';
            }
            else
            {
                text.Append(' ', indent).Append("- ").Append(Scalar(item!)).Append('\n');
            }
        }
    }

    private static YamlMap Map(IDictionary dictionary)
    {
        var map = new YamlMap();
        foreach (DictionaryEntry entry in dictionary)
        {
            map.Add((string)entry.Key, entry.Value);
        }

        return map;
    }

    private static string Scalar(object value) => value switch
    {
        YamlRaw raw => raw.Text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString()!),
    };

    private static string Key(string key) => Plain().IsMatch(key) && !Word().IsMatch(key) ? key : Quoted(key);

    /// <summary>Escapes what the YAML writer of the published packages does, so that every reader gets the same text.</summary>
    private static string Quoted(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogatePair(value, i))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(value, i++):X8}");
            }
            else
            {
                text.Append(Escaped(value[i]));
            }
        }

        return text.Append('"').ToString();
    }

    private static string Escaped(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\0' => @"\0",
        '\a' => @"\a",
        '\b' => @"\b",
        '\t' => "\t",
        '\n' => @"\n",
        '\v' => @"\v",
        '\f' => @"\f",
        '\r' => @"\r",
        '\e' => @"\e",
        '\u0085' => @"\N",
        '\u2028' => @"\L",
        '\u2029' => @"\P",
        _ when char.IsControl(c) => $"\\x{(int)c:X2}",
        _ when char.IsSurrogate(c) || c >= '\ufffe' => $"\\u{(int)c:X4}",
        _ => c.ToString(),
    };

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_./-]*\z")]
    private static partial Regex Plain();

    /// <summary>What is no text to a reader of YAML 1.1.</summary>
    [GeneratedRegex("^(y|n|yes|no|on|off|true|false|null)$", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
