using Shared;

namespace Manifest;

/// <summary>A copy of the projects the models name, with an AppHost's directory beside them.</summary>
internal sealed class ModelDirectory : IDisposable
{
    private static readonly string s_sources = Path.Combine(Repository.Root, "tests", "Aspire.Hosting.Tests", "Manifest");

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("manifest-");

    public ModelDirectory()
    {
        var projects = Path.Combine(s_sources, "Projects");
        foreach (var file in Directory.GetFiles(projects, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_root.FullName, Path.GetRelativePath(projects, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        AppHost = _root.CreateSubdirectory("AppHost").FullName;
    }

    public string AppHost { get; }

    public static string Golden(string model) => Path.Combine(s_sources, "Golden", $"{model}.golden.json");

    public void Dispose() => _root.Delete(recursive: true);
}
