using System.Collections;
using System.Globalization;
using System.Text;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes YAML as the publishers of Aspire do: two spaces, lists indented, every text in double quotes.</summary>
internal static class YamlText
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
            if (item is YamlMap map)
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

    private static string Key(string key) => key.Length > 0 && char.IsAsciiLetter(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') ? key : Quoted(key);

    private static string Quoted(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                _ when char.IsControl(c) => $"\\x{(int)c:X2}",
                _ => c.ToString(),
            });
        }

        return text.Append('"').ToString();
    }
}
