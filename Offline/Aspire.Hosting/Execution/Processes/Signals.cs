using System.Runtime.InteropServices;

namespace Aspire.Hosting.Execution;

/// <summary>Signals to processes and process groups.</summary>
internal static class Signals
{
    private const int Terminate = 15;
    private const int Kill = 9;

    /// <summary>Asks a process group to end.</summary>
    public static void TerminateGroup(int processId) => Send(processId, Terminate);

    /// <summary>Ends a process group at once.</summary>
    public static void KillGroup(int processId) => Send(processId, Kill);

    /// <summary>Ends what is left of a group whose leader has ended.</summary>
    public static void KillLeftovers(int processId) => _ = kill(-processId, Kill);

    // The group has the id of the process that leads it; where no group could be made, the process alone is meant.
    private static void Send(int processId, int signal)
    {
        if (kill(-processId, signal) != 0)
        {
            _ = kill(processId, signal);
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable IDE1006, SYSLIB1054 // The C name; generated marshalling would need unsafe code for two integers.
    private static extern int kill(int pid, int signal);
#pragma warning restore IDE1006, SYSLIB1054
}
