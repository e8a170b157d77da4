using System.Text.RegularExpressions;

namespace Shared;

/// <summary>What redis-cli prints, without what only a slow machine lets it say.</summary>
internal static partial class RedisCli
{
    public static string LessSlowness(string output) => SlowAnswer().Replace(output, "");

    /// <summary>After an answer how long it took, once that is half a second.</summary>
    [GeneratedRegex(@"^\(\d+\.\d\ds\)\r?\n", RegexOptions.Multiline)]
    private static partial Regex SlowAnswer();
}
