using System.Runtime.InteropServices;

namespace Link.Running;

/// <summary>The system calls .NET has no method for: to replace this process by another program, and to leave the terminal alone.</summary>
internal static partial class Posix
{
    public const int NoSuchFile = 2;
    public const int NotPermitted = 1;
    public const int AccessDenied = 13;
    public const int BrokenPipe = 32;

    /// <summary>Adds to the environment that <see cref="Execute"/> hands on, whose other bytes stay what they are.</summary>
    public static void SetEnvironment(string name, string value) => _ = SetVariable(name, value, 1);

    /// <summary>Returns only when it failed: the error number.</summary>
    public static int Execute(string file, IReadOnlyList<string> arguments)
    {
        // .NET ignores SIGPIPE, and what is ignored stays ignored in the new program: "program | head" would not end.
        HeedBrokenPipes();
        Execv(file, [.. arguments, null]);
        return Marshal.GetLastPInvokeError();
    }

    /// <summary>Writes all of it to a file descriptor. Returns 0 or the error number.</summary>
    public static int WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        const int interrupted = 4;
        var full = OperatingSystem.IsLinux() ? 11 : 35;
        while (bytes.Length > 0)
        {
            var written = Write(descriptor, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
            if (written >= 0)
            {
                bytes = bytes[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() is var error && error == full)
            {
                // Another process made the pipe or terminal one that does not wait.
                Thread.Sleep(1);
            }
            else if (error != interrupted)
            {
                return error;
            }
        }

        return 0;
    }

    /// <summary>From now on, writing to a pipe that nobody reads ends this process, as it does any other.</summary>
    public static void HeedBrokenPipes()
    {
        const int brokenPipe = 13;
        Signal(brokenPipe, 0);
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

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Execv(string file, string?[] arguments);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ref byte bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Mount(string source, string target, string? type, nuint flags, nint data);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ControlProcess(int option, nuint a, nuint b, nuint c, nuint d);
}
