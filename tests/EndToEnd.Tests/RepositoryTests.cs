using Shared;

namespace EndToEnd.Tests;

public class RepositoryTests
{
    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Aspire.sln")).Replace('\\', '/');

        // The projects that manifests are made of are never built.
        var missing = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetRelativePath(Repository.Root, project).Replace('\\', '/'))
            .Where(project => !project.Contains("/obj/", StringComparison.Ordinal) && !project.Contains("/bin/", StringComparison.Ordinal))
            .Where(project => !project.StartsWith("tests/Aspire.Hosting.Tests/Manifest/Projects/", StringComparison.Ordinal))
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
            .ToList();

        Assert.Empty(missing);
    }
}
