using Aspire.Hosting.Testing.Tests;

[assembly: AssemblyFixture(typeof(OwnHome))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Aspire.Hosting.Testing.Tests;

/// <summary>Gives the tests a home of their own: the AppHost keeps its password, its data and the socket of its links there.</summary>
public sealed class OwnHome : IDisposable
{
    private static readonly string[] s_variables = ["HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"];

    private readonly Dictionary<string, string?> _before = s_variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly string _directory = Directory.CreateTempSubdirectory("testing-tests-").FullName;

    public OwnHome()
    {
        foreach (var name in s_variables)
        {
            Environment.SetEnvironmentVariable(name, _directory);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(_directory, recursive: true);
    }
}
