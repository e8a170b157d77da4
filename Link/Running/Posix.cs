using System.Runtime.InteropServices;

namespace Link.Running;

/// <summary>The system calls that replace this process by another program.</summary>
internal static partial class Posix
{
    public const int NoSuchFile = 2;
    public const int NotPermitted = 1;
    public const int AccessDenied = 13;

    /// <summary>Returns only when it failed: the error number.</summary>
    public static int Execute(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // .NET ignores SIGPIPE, and what is ignored stays ignored in the new program: "program | head" would not end.
        const int brokenPipe = 13;
        Signal(brokenPipe, 0);
        Execve(file, [.. arguments, null], [.. environment.Select(variable => $"{variable.Key}={variable.Value}"), null]);
        return Marshal.GetLastPInvokeError();
    }

    /// <summary>Shows one file in place of another in this mount namespace. Returns 0 or the error number.</summary>
    public static int Bind(string source, string target)
    {
        const nuint bind = 0x1000;
        return Mount(source, target, null, bind, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Gives up the capabilities that a user namespace gave us to mount with.</summary>
    public static void DropAmbientCapabilities()
    {
        const int ambient = 47;
        const nuint clearAll = 4;
        _ = ControlProcess(ambient, clearAll, 0, 0, 0);
    }

    public static string Describe(int error) => Marshal.GetPInvokeErrorMessage(error);

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Execve(string file, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Mount(string source, string target, string? type, nuint flags, nint data);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ControlProcess(int option, nuint a, nuint b, nuint c, nuint d);
}
