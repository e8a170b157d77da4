using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Link.Protocol;

/// <summary>Where the sockets of running AppHosts are: one per process, named by the AppHost's directory and the process id.</summary>
internal static class LinkSocket
{
    private const string Extension = ".sock";

    /// <summary>A Unix socket's path has room for 107 bytes on Linux and 103 on macOS.</summary>
    private const int LongestPath = 103;

    /// <summary>The directory only its user can open, whether it exists or not.</summary>
    public static string Directory
    {
        get
        {
            var longestName = new string('0', 16) + "-" + int.MaxValue.ToString(CultureInfo.InvariantCulture) + Extension;
            return Candidates()
                .Select(candidate => Path.Combine(candidate.Root, candidate.Name))
                .First(path => Encoding.UTF8.GetByteCount(Path.Combine(path, longestName)) <= LongestPath);
        }
    }

    /// <summary>The socket of an AppHost process.</summary>
    public static string PathFor(string appHostDirectory, int processId) =>
        Path.Combine(Directory, $"{Key(appHostDirectory)}-{processId.ToString(CultureInfo.InvariantCulture)}{Extension}");

    /// <summary>The sockets of an AppHost, or of all when none is named; some may be left over from a process that was killed.</summary>
    public static IReadOnlyList<string> Find(string? appHostDirectory)
    {
        var directory = Directory;
        if (!System.IO.Directory.Exists(directory))
        {
            return [];
        }

        var pattern = (appHostDirectory is null ? "*" : Key(appHostDirectory)) + "-*" + Extension;
        return [.. System.IO.Directory.EnumerateFiles(directory, pattern).OrderByDescending(File.GetLastWriteTimeUtc)];
    }

    /// <summary>The process id in a socket's name.</summary>
    public static int? ProcessIdOf(string socket) =>
        int.TryParse(Path.GetFileNameWithoutExtension(socket).Split('-')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>What the sockets of one AppHost have in common.</summary>
    public static string KeyOf(string socket) => Path.GetFileName(socket).Split('-')[0];

    /// <summary>One line that says why the directory must not be trusted, or null when only this user can have made and open it.</summary>
    public static string? WhyNotPrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        if (new DirectoryInfo(directory).LinkTarget is not null)
        {
            return $"{directory} is a symbolic link; remove it.";
        }

        var (owner, me) = (PosixUser.OwnerOf(directory), PosixUser.Current);
        if (owner is not null && owner != me)
        {
            return $"{directory} belongs to another user (uid {owner}), not to you (uid {me}).";
        }

        const UnixFileMode others = (UnixFileMode)0b111_111;
        return (File.GetUnixFileMode(directory) & others) == 0 ? null : $"{directory} is open to other users; it must have mode 0700.";
    }

    private static IEnumerable<(string Root, string Name)> Candidates()
    {
        if (OperatingSystem.IsWindows())
        {
            yield return (Path.GetTempPath(), "aspire-links");
            yield break;
        }

        var me = PosixUser.Current;
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && System.IO.Directory.Exists(runtime))
        {
            yield return (runtime, "aspire-links");
        }
        else if (System.IO.Directory.Exists($"/run/user/{me}"))
        {
            // A shell from su or cron lacks the variable that the session of the AppHost had.
            yield return ($"/run/user/{me}", "aspire-links");
        }

        yield return ("/tmp", $"aspire-links-{me}");
    }

    private static string Key(string appHostDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RealPath(appHostDirectory))).AsSpan(0, 8));

    /// <summary>The path with every symbolic link followed, so that one directory has one key.</summary>
    private static string RealPath(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var real = Path.GetPathRoot(full)!;
        foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            real = new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        }

        return real;
    }
}
