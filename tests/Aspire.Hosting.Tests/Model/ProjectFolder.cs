namespace Aspire.Hosting.Tests.Model;

/// <summary>The folder of a project that is added to a model, with the settings files that decide on its endpoints.</summary>
internal sealed class ProjectFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("aspire-model-");

    public ProjectFolder(string? launchSettings = null, string? appSettings = null)
    {
        File.WriteAllText(ProjectPath, "<Project />");
        if (launchSettings is not null)
        {
            Directory.CreateDirectory(Path.Combine(_directory.FullName, "Properties"));
            File.WriteAllText(Path.Combine(_directory.FullName, "Properties", "launchSettings.json"), launchSettings);
        }

        if (appSettings is not null)
        {
            File.WriteAllText(Path.Combine(_directory.FullName, "appsettings.json"), appSettings);
        }
    }

    public string ProjectPath => Path.Combine(_directory.FullName, "Service.csproj");

    public void Dispose() => _directory.Delete(recursive: true);
}
