using System.ComponentModel;
using System.Diagnostics;

namespace Link.Running;

/// <summary>
/// Runs a program with an environment. On Unix it takes the place of this process, so that its terminal, its signals and its
/// exit code are its own; on Windows it runs as a child with the same console.
/// </summary>
internal static class ProgramRunner
{
    public static async Task<int> RunAsync(IReadOnlyList<string> program, IReadOnlyDictionary<string, string> added) =>
        OperatingSystem.IsWindows() ? await RunChildAsync(program, added) : Replace(program, added);

    private static int Replace(IReadOnlyList<string> program, IReadOnlyDictionary<string, string> added)
    {
        foreach (var (name, value) in added)
        {
            Posix.SetEnvironment(name, value);
        }

        var denied = false;
        foreach (var file in program[0].Length == 0 ? [] : Candidates(program[0], Environment.GetEnvironmentVariable("PATH")))
        {
            var error = Posix.Execute(file, program);
            switch (error)
            {
                case Posix.NoSuchFile or 20 /* not a directory */: break;
                case Posix.AccessDenied: denied = true; break;
                default: throw new LinkException($"'{program[0]}' can't be run: {Posix.Describe(error)}", LinkException.CannotExecute);
            }
        }

        throw denied
            ? new LinkException($"'{program[0]}' can't be run: {Posix.Describe(Posix.AccessDenied)}", LinkException.CannotExecute)
            : new LinkException($"'{program[0]}' was not found{(program[0].Contains('/', StringComparison.Ordinal) ? "" : " on PATH")}.", LinkException.NotFound);
    }

    private static IEnumerable<string> Candidates(string program, string? path) =>
        program.Contains('/', StringComparison.Ordinal)
            ? [program]
            : (path ?? "/usr/local/bin:/usr/bin:/bin").Split(':').Select(directory => Path.Combine(directory.Length == 0 ? "." : directory, program));

    private static async Task<int> RunChildAsync(IReadOnlyList<string> program, IReadOnlyDictionary<string, string> added)
    {
        var start = new ProcessStartInfo(program[0], program.Skip(1)) { UseShellExecute = false };
        foreach (var (name, value) in added)
        {
            start.Environment[name] = value;
        }

        // Ctrl+C reaches every process of the console; the program decides what it means.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (Win32Exception exception)
        {
            throw exception.NativeErrorCode == 2
                ? new LinkException($"'{program[0]}' was not found on PATH.", LinkException.NotFound)
                : new LinkException($"'{program[0]}' can't be run: {exception.Message}", LinkException.CannotExecute);
        }
    }
}
