using System.Runtime.InteropServices;

namespace Aspire.Dashboard;

/// <summary>Ctrl+C, or the polite request of the system to end.</summary>
internal static class Shutdown
{
    public static async Task RequestedAsync()
    {
        var requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Request(PosixSignalContext signal)
        {
            signal.Cancel = true;
            requested.TrySetResult();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Request);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Request);
        await requested.Task.ConfigureAwait(false);
    }
}
