namespace Aspire.Hosting.Execution;

/// <summary>
/// Finds what the build of a project put out, without MSBuild where the usual layout tells it: asking MSBuild takes
/// longer than the program takes to start.
/// </summary>
internal static class ProjectOutput
{
    private static readonly TimeSpan s_longestBuild = TimeSpan.FromMinutes(10);

    /// <param name="projectPath">The project file.</param>
    /// <param name="configuration">The configuration the AppHost was built with.</param>
    /// <returns>The assembly that was built last, or null when there is none.</returns>
    public static string? Find(string projectPath, string configuration)
    {
        var name = Path.GetFileNameWithoutExtension(projectPath);
        var bin = Path.Combine(Path.GetDirectoryName(projectPath)!, "bin", configuration);
        if (!Directory.Exists(bin))
        {
            return null;
        }

        // What runs has a runtimeconfig.json beside it; the copies among the references of others do not concern us here.
        var configurations = Directory.EnumerateFiles(bin, "*.runtimeconfig.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 })
            .Where(file => !Path.GetRelativePath(bin, file).Split(Path.DirectorySeparatorChar).Contains("publish"))
            .Select(file => file[..^".runtimeconfig.json".Length] + ".dll")
            .Where(File.Exists)
            .ToList();
        return configurations
            .OrderByDescending(file => string.Equals(Path.GetFileNameWithoutExtension(file), name, StringComparison.Ordinal))
            .ThenByDescending(File.GetLastWriteTimeUtc)
            .FirstOrDefault();
    }

    /// <summary>Builds a project, writing what the build says to <paramref name="onLine"/>.</summary>
    /// <returns>The exit code of the build.</returns>
    public static async Task<int> BuildAsync(ProcessRunner processes, string projectPath, string configuration, Action<string, bool> onLine, CancellationToken cancellationToken)
    {
        var build = await processes.StartAsync(new ProcessSpec
        {
            FileName = DotNet.Path,
            Arguments = ["build", projectPath, "--configuration", configuration, "--nologo", "--verbosity", "quiet", "-nodeReuse:false"],
            Environment = InheritedEnvironment.Read(),
            WorkingDirectory = Path.GetDirectoryName(projectPath)!,
            OnLine = onLine,
        }).ConfigureAwait(false);
        try
        {
            return await build.Exited.WaitAsync(s_longestBuild, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await build.StopAsync().ConfigureAwait(false);
            if (exception is TimeoutException)
            {
                throw new DistributedApplicationException("Build timed out.", exception);
            }

            throw;
        }
    }
}

/// <summary>The <c>dotnet</c> this host runs on.</summary>
internal static class DotNet
{
    public static string Path { get; } = Find();

    public static string Root { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Find()
    {
        var program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", program));
        return File.Exists(beside) ? beside : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? program;
    }
}
