using System.Globalization;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Execution;

/// <summary>
/// A number that all this process starts inherits, whatever that starts itself, and that can be read from outside: a limit of
/// processor time that only real-time scheduling knows, of more microseconds than there will be. A group or a session a process can
/// leave, and its id is only known after it was started, when the host may already have been killed.
/// </summary>
internal static class DescendantMark
{
    private const int RealTimeTimeout = 15;
    private const long Least = 100_000_000_000_000_000;

    private static readonly string? s_remover = ProcessLauncher.Tool("prlimit");
    private static readonly Lazy<string> s_value = new(Set);

    /// <summary>The mark of this process, set when it is first asked for; empty where there is none.</summary>
    public static string Value => s_value.Value;

    /// <summary>What goes before a program that is not to have the mark.</summary>
    public static IEnumerable<string> Remover => Value.Length > 0 ? [s_remover!, "--rttime=unlimited:"] : [];

    private static string Set()
    {
        var mark = (ulong)Random.Shared.NextInt64(Least, Least * 10);
        return s_remover is not null && Environment.Is64BitProcess
            && getrlimit(RealTimeTimeout, out var limit) == 0 && limit.Hard == ulong.MaxValue
            && setrlimit(RealTimeTimeout, limit with { Soft = mark }) == 0
            ? mark.ToString(CultureInfo.InvariantCulture)
            : "";
    }

#pragma warning disable IDE1006, SYSLIB1054 // The C names; generated marshalling would need unsafe code for two integers.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrlimit(int resource, out Limit limit);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setrlimit(int resource, in Limit limit);
#pragma warning restore IDE1006, SYSLIB1054

    private record struct Limit(ulong Soft, ulong Hard);
}
