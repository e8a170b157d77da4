using System.Runtime.InteropServices;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// Finds the calls in traces: a span whose parent belongs to another resource is a call from that one; a client span without such a child
/// is a call to a peer.
/// </summary>
internal sealed class ServiceMapBuilder(PeerResolver? peers)
{
    private readonly Dictionary<string, (bool IsPeer, int Spans, int Errors)> _nodes = [];
    private readonly Dictionary<(string Source, string Target), (int Errors, List<long> Durations)> _edges = [];
    private readonly Dictionary<SpanId, Span> _spans = [];
    private readonly HashSet<SpanId> _answered = [];

    public ServiceMap Build(IReadOnlyList<Trace> traces)
    {
        var (from, to) = (ulong.MaxValue, 0UL);
        foreach (var trace in traces)
        {
            from = Math.Min(from, trace.StartUnixNano);
            to = Math.Max(to, trace.EndUnixNano);
            Add(trace);
        }

        var seconds = to > from ? Math.Max((to - from) / 1e9, 0.001) : 1;
        return new(
            [.. _nodes.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => new ServiceMapNode(n.Key, n.Value.IsPeer, n.Value.Spans, n.Value.Errors))],
            [.. _edges.OrderBy(e => e.Key.Source, StringComparer.Ordinal).ThenBy(e => e.Key.Target, StringComparer.Ordinal).Select(e => ToEdge(e.Key, e.Value.Errors, e.Value.Durations, seconds))],
            traces.Count == 0 ? default : UnixTime.ToDateTime(from),
            traces.Count == 0 ? default : UnixTime.ToDateTime(to));
    }

    private void Add(Trace trace)
    {
        _spans.Clear();
        _answered.Clear();
        var spans = trace.SpansAsArrived;
        foreach (var span in spans)
        {
            _spans[span.SpanId] = span;
        }

        foreach (var span in spans)
        {
            CountNode(span.Resource.Name, isPeer: false, 1, span.Status == SpanStatus.Error ? 1 : 0);
            if (_spans.TryGetValue(span.ParentSpanId, out var parent) && !ReferenceEquals(parent.Resource, span.Resource))
            {
                _answered.Add(parent.SpanId);
                CountCall(parent.Resource.Name, span.Resource.Name, parent.Kind == SpanKind.Client ? parent : span, span.Status == SpanStatus.Error);
            }
        }

        foreach (var span in spans)
        {
            if (!_answered.Contains(span.SpanId) && peers?.Resolve(span) is { } peer)
            {
                CountNode(peer, isPeer: true, 0, 0);
                CountCall(span.Resource.Name, peer, span, error: false);
            }
        }
    }

    private void CountNode(string name, bool isPeer, int spans, int errors)
    {
        ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodes, name, out var exists);
        node = (isPeer && (!exists || node.IsPeer), node.Spans + spans, node.Errors + errors);
    }

    private void CountCall(string source, string target, Span span, bool error)
    {
        ref var edge = ref CollectionsMarshal.GetValueRefOrAddDefault(_edges, (source, target), out _);
        edge.Durations ??= [];
        edge.Durations.Add(span.Duration.Ticks);
        edge.Errors += error || span.Status == SpanStatus.Error ? 1 : 0;
    }

    private static ServiceMapEdge ToEdge((string Source, string Target) key, int errors, List<long> durations, double seconds)
    {
        durations.Sort();
        return new(key.Source, key.Target, durations.Count, errors, durations.Count / seconds, At(durations, 0.5), At(durations, 0.95));
    }

    private static TimeSpan At(List<long> sorted, double part) => new(sorted[(int)Math.Ceiling(part * sorted.Count) - 1]);
}
