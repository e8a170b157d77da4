namespace Aspire.Hosting;

/// <summary>Paths in a model are relative to the directory of the AppHost.</summary>
internal static class AppHostPaths
{
    public static string Full(IDistributedApplicationBuilder builder, string path)
    {
        // A path written on Windows works elsewhere, and the other way round.
        var combined = Path.Combine(builder.AppHostDirectory, path);
        return Path.GetFullPath(combined.Replace('\\', Path.DirectorySeparatorChar).Replace('/', Path.DirectorySeparatorChar));
    }
}
