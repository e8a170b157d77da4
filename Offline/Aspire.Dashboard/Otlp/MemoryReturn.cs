using Microsoft.Extensions.Hosting;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// Gives memory back to the system after a flood of telemetry: what the collector held ready for more of it stays resident otherwise, because without
/// new garbage it does not run again. Costs one collection of some ten milliseconds, once per flood and when it is over.
/// </summary>
internal sealed class MemoryReturn(OtlpReceiver receiver, TimeProvider clock) : BackgroundService
{
    private const long Flood = 16 << 20;
    private const long Quiet = 1 << 20;
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, clock);
        for (long returned = 0, before = 0; await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);)
        {
            var received = receiver.BytesReceived;
            if (received - before < Quiet && received - returned > Flood)
            {
                receiver.ReleaseBuffers();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                returned = received;
            }

            before = received;
        }
    }
}
