namespace Aspire.Hosting;

/// <summary>A project that was added by its path, or by that of a directory with one project in it.</summary>
internal sealed class ProjectMetadata(string path) : IProjectMetadata
{
    public string ProjectPath { get; } = Directory.Exists(path) && Directory.GetFiles(path, "*.csproj") is [var project] ? project : path;
}
