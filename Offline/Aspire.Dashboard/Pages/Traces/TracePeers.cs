using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages.Traces;

/// <summary>Those a trace's spans call that send no spans of their own, such as a data store.</summary>
internal static class TracePeers
{
    public static IReadOnlyList<string> Of(Trace trace, PeerResolver peers)
    {
        var senders = trace.GetResources();
        List<string> found = [];
        foreach (var span in trace.SpansAsArrived)
        {
            if (peers.Resolve(span) is { } peer
                && !found.Contains(peer, StringComparer.OrdinalIgnoreCase)
                && !senders.Any(r => Names.Same(r.Resource.Name, peer)))
            {
                found.Add(peer);
            }
        }

        return found;
    }
}
