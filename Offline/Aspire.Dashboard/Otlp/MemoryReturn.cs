using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// Gives memory back to the system after a flood of telemetry: what the collector held ready for more of it stays resident otherwise, because without
/// new garbage it does not run again. Costs a collection of some ten milliseconds when a flood is over, and one a minute later, for the pools of
/// arrays give only what nobody used for that long.
/// </summary>
internal sealed class MemoryReturn(OtlpReceiver receiver, TimeProvider clock) : BackgroundService
{
    private const long Flood = 16 << 20;
    private const long Quiet = 1 << 20;
    private const int PeriodsOfPools = 14;

    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private long _before;
    private long _returned;
    private int _periodsLeft = -1;

    /// <summary>Asked once in each period: whether a flood has come to its end, or did a minute ago.</summary>
    internal bool IsDue(long received)
    {
        var isQuiet = received - _before < Quiet;
        _before = received;
        if (!isQuiet)
        {
            return false;
        }

        if (received - _returned > Flood)
        {
            _returned = received;
            _periodsLeft = PeriodsOfPools;
            return true;
        }

        return _periodsLeft-- == 0;
    }

    internal void Return()
    {
        receiver.ReleaseBuffers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        TrimNativeHeap();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (IsDue(receiver.BytesReceived))
            {
                Return();
            }
        }
    }

    /// <summary>The compiler of the runtime takes megabytes from the C library while it works; that keeps them for the next time.</summary>
    private static void TrimNativeHeap()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                _ = MallocTrim(0);
            }
        }
        catch (EntryPointNotFoundException)
        {
            // Only the GNU C library has it.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable SYSLIB1054 // Generated marshalling would need unsafe code for a number.
    private static extern int MallocTrim(nuint keep);
#pragma warning restore SYSLIB1054
}
