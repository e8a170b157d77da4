namespace Aspire.Hosting.Execution;

/// <summary>Passes the environment of a container to the engine's command line: in a file that only this user can read, and that is gone after it.</summary>
internal sealed class EnvironmentFile : IDisposable
{
    private readonly string _path;

    private EnvironmentFile(string path) => _path = path;

    public IReadOnlyList<string> Arguments => ["--env-file", _path];

    /// <exception cref="DistributedApplicationException">A value can't be passed this way.</exception>
    public static EnvironmentFile Write(ResourceEnvironment environment)
    {
        var path = Path.Combine(Path.GetTempPath(), $"aspire-{Guid.NewGuid():N}.env");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        foreach (var (name, value, _) in environment.Variables)
        {
            if (value.AsSpan().ContainsAny('\n', '\r'))
            {
                writer.Dispose();
                File.Delete(path);
                throw new DistributedApplicationException($"Environment variable '{name}' has a line break, which a container can't be given.");
            }

            writer.WriteLine($"{name}={value}");
        }

        return new EnvironmentFile(path);
    }

    public void Dispose() => File.Delete(_path);
}
