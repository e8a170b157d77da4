using System.Globalization;
using System.Text;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// An attribute. Instances are immutable and shared between the spans, records and points that carry the same key and value,
/// which is what keeps full buffers small.
/// </summary>
/// <param name="key">The name.</param>
/// <param name="value">
/// A <see cref="string"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <c>byte[]</c>,
/// <c>object?[]</c> (an array), <c>KeyValue[]</c> (a map), or null.
/// </param>
public sealed class KeyValue(string key, object? value)
{
    /// <summary>The name.</summary>
    public string Key { get; } = key;

    /// <summary>The value as it was sent; see the constructor for the types.</summary>
    public object? Value { get; } = value;

    /// <summary>The value as text: untrusted, encode it. Arrays and maps read as JSON.</summary>
    public string Text => Format(Value);

    /// <inheritdoc />
    public override string ToString() => $"{Key}={Text}";

    internal static string Format(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => FormatJson(value),
    };

    private static string FormatJson(object value)
    {
        var json = new StringBuilder();
        AppendJson(json, value);
        return json.ToString();
    }

    private static void AppendJson(StringBuilder json, object? value)
    {
        switch (value)
        {
            case object?[] items and not KeyValue[]:
                json.Append('[');
                for (var i = 0; i < items.Length; i++)
                {
                    json.Append(i == 0 ? "" : ",");
                    AppendJson(json, items[i]);
                }

                json.Append(']');
                break;
            case KeyValue[] members:
                json.Append('{');
                for (var i = 0; i < members.Length; i++)
                {
                    json.Append(i == 0 ? "" : ",").Append('"').Append(System.Text.Json.JsonEncodedText.Encode(members[i].Key)).Append("\":");
                    AppendJson(json, members[i].Value);
                }

                json.Append('}');
                break;
            case null:
                json.Append("null");
                break;
            case bool or long or double:
                json.Append(Format(value));
                break;
            default:
                json.Append('"').Append(System.Text.Json.JsonEncodedText.Encode(Format(value))).Append('"');
                break;
        }
    }
}
