using Aspire.Hosting.Execution;

namespace Aspire.Hosting.Tests.Execution;

public sealed class ProjectOutputTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("aspire-output-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void What_was_published_is_not_the_output_but_a_project_may_lie_in_a_folder_of_that_name()
    {
        var project = Path.Combine(_root.FullName, "publish", "Service", "Service.csproj");
        var output = Built("bin/Debug/net10.0/Service");
        Built("bin/Debug/net10.0/publish/Service");

        Assert.Equal(output, ProjectOutput.Find(project, "Debug"));

        string Built(string path)
        {
            var full = Path.Combine(Path.GetDirectoryName(project)!, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText($"{full}.runtimeconfig.json", "{}");
            File.WriteAllText($"{full}.dll", "");
            return $"{full}.dll";
        }
    }
}
