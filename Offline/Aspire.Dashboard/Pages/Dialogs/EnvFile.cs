using System.Buffers;

namespace Aspire.Dashboard.Pages.Dialogs;

/// <summary>Values of a .env file.</summary>
internal static class EnvFile
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" \t\r\n\"'#$\\`");

    /// <summary>As it is when nothing in it means anything to those who read such files, else in quotes.</summary>
    public static string Quote(string value) =>
        value.AsSpan().IndexOfAny(s_special) < 0
            ? value
            : "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
