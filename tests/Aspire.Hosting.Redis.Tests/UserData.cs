using Aspire.Hosting.Redis.Tests;
using Shared.Docker;

[assembly: AssemblyFixture(typeof(DockerEngine))]
[assembly: AssemblyFixture(typeof(UserData))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Aspire.Hosting.Redis.Tests;

/// <summary>Gives the tests a folder for the user's data, so that no volume of the real user is touched.</summary>
public sealed class UserData : IDisposable
{
    private readonly string? _before = Environment.GetEnvironmentVariable("XDG_DATA_HOME");

    public UserData() => Environment.SetEnvironmentVariable("XDG_DATA_HOME", Directory);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("redis-tests-").FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", _before);
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
