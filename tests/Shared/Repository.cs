namespace Shared;

/// <summary>Where the tests find the sources they were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Aspire.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Aspire.sln")))
            {
                return directory;
            }
        }

        throw new InvalidOperationException($"No Aspire.sln above {AppContext.BaseDirectory}.");
    }
}
