namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// What became of everything that was sent, for one signal: nothing disappears silently.
/// <c>Received = Kept + Evicted + Refused + Duplicates + Cleared</c> holds at every reading.
/// </summary>
/// <param name="Signal">Log records, spans, or data points are counted.</param>
/// <param name="Received">Items in requests that could be read.</param>
/// <param name="Kept">Items that can be looked at now.</param>
/// <param name="Evicted">Items that made room for newer ones.</param>
/// <param name="Refused">Items that were not taken: malformed, or beyond a limit. Their senders were told (partial success).</param>
/// <param name="Duplicates">Spans that had arrived before: their batch was sent again.</param>
/// <param name="Cleared">Items the user removed.</param>
/// <param name="Lost">Items the senders say they dropped themselves, before or while sending.</param>
/// <param name="RefusedRequests">Whole requests that could not be read or were put off; nobody knows how many items they had.</param>
/// <param name="Bytes">What the kept items are taken to hold in memory.</param>
public sealed record SignalAccount(
    TelemetrySignal Signal, long Received, long Kept, long Evicted, long Refused, long Duplicates, long Cleared, long Lost, long RefusedRequests, long Bytes);
