namespace Aspire.Dashboard.Pages;

/// <summary>Names of resources are compared without regard to case.</summary>
internal static class Names
{
    public static bool Same(string? x, string? y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same number for a name in every run; never negative.</summary>
    public static int Hash(string name)
    {
        var hash = 2166136261u;
        foreach (var character in name)
        {
            hash = (hash ^ char.ToLowerInvariant(character)) * 16777619u;
        }

        return (int)(hash & 0x7fffffff);
    }
}
