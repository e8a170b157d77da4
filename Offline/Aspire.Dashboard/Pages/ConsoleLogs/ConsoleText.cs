using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Dashboard.Resources;

namespace Aspire.Dashboard.Pages.ConsoleLogs;

/// <summary>A console line with the time that the host may have put before it taken apart.</summary>
internal sealed partial record ConsoleText(string Resource, int Number, DateTime? Time, string Text, bool IsError)
{
    public static ConsoleText From(string resource, ConsoleLogLine line)
    {
        var match = Stamp().Match(line.Text);
        return match.Success && DateTime.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? new(resource, line.LineNumber, time, line.Text[match.Length..], line.IsError)
            : new(resource, line.LineNumber, null, line.Text, line.IsError);
    }

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) ?")]
    private static partial Regex Stamp();
}
