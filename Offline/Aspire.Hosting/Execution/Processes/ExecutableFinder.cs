namespace Aspire.Hosting.Execution;

/// <summary>Finds a program the way a shell does.</summary>
internal static class ExecutableFinder
{
    public static string? Find(string fileName, string workingDirectory, string? path)
    {
        if (fileName.Contains('/') || fileName.Contains(Path.DirectorySeparatorChar))
        {
            return Existing(Path.GetFullPath(fileName, workingDirectory));
        }

        var directories = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return directories.Select(directory => Existing(Path.Combine(directory, fileName))).FirstOrDefault(found => found is not null)
            ?? Existing(Path.GetFullPath(fileName, workingDirectory));
    }

    private static string? Existing(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return new[] { file, file + ".exe", file + ".cmd", file + ".bat" }.FirstOrDefault(File.Exists);
        }

        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (File.GetUnixFileMode(file) & execute) != 0 ? file : null;
    }
}
