namespace Shared.Publishing;

/// <summary>Texts of the characters and words that mean something to a format that text is written in, the same in each run.</summary>
internal static class AnyText
{
    private static readonly string[] s_parts =
    [
        "\"", "'", "\\", "\n", "\r", "\t", "\0", "\a", "\e", "\u007f", "\u0085", "\u00a0", "\u2028", "\u2029", "\ufeff", "\ufffe", "\U0001f600", "é", " ", "  ", ":", ": ", "#", " #", "-", "- ", "?", "*", "&", "!", "%", "@",
        "`", "|", ">", "$", "$X", "${", "{", "}", "{{", "}}", "{{ .Values.x }}", "[", "]", ",", "~", "=", "<<", "---", "...", "yes", "no", "null", "true", "1e3", "0x1F", "007", "12:30:45", ".inf", "2001-01-01", "word",
    ];

    public static IEnumerable<string> Texts(int count)
    {
        var random = new Random(1);
        return s_parts.Concat(Enumerable.Range(0, count - s_parts.Length).Select(_ => string.Concat(random.GetItems(s_parts, random.Next(2, 12)))));
    }
}
