using System.Diagnostics;
using System.Globalization;

namespace Shared;

/// <summary>The processes that were started, directly or not, with a home folder of their own (Linux).</summary>
internal static class HomeProcesses
{
    public static IReadOnlyList<int> Of(string home) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
            .Where(id => id > 0 && Read(id, "environ").Split('\0').Contains($"HOME={home}"))];

    /// <summary>The program and its arguments, each with a NUL behind it; nothing when the process is gone.</summary>
    public static string CommandLineOf(int processId) => Read(processId, "cmdline");

    public static void Signal(int processId, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static string Read(int processId, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
