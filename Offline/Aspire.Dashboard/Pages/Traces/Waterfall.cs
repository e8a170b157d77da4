using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages.Traces;

/// <summary>A row of the waterfall: a span, how deep it is, and where its bar is (shares of the whole, 0 to 1).</summary>
internal sealed record WaterfallRow(Span Span, int Depth, int Descendants, double Start, double Width, string? Peer);

/// <summary>Puts the spans of a trace into rows, children under their parents, by start time.</summary>
internal static class Waterfall
{
    /// <summary>More rows than that no one reads and no browser likes; the page says what is left out.</summary>
    public const int MaxRows = 2_000;

    private const int RowsAround = 20;

    /// <summary>
    /// The rows that are shown: the first, and when the selected one is beyond them, it and some around it. Where rows are left out between, the
    /// number of those.
    /// </summary>
    public static (IReadOnlyList<WaterfallRow> First, int LeftOut, IReadOnlyList<WaterfallRow> Around) Shown(IReadOnlyList<WaterfallRow> rows, Span? selected)
    {
        WaterfallRow[] first = [.. rows.Take(MaxRows)];
        var at = 0;
        while (at < rows.Count && rows[at].Span != selected)
        {
            at++;
        }

        if (at < MaxRows || at == rows.Count)
        {
            return (first, 0, []);
        }

        var from = Math.Max(MaxRows, at - RowsAround);
        return (first, from - MaxRows, [.. rows.Skip(from).Take(at + RowsAround + 1 - from)]);
    }

    public static IReadOnlyList<WaterfallRow> Create(Trace trace, PeerResolver peers, IReadOnlySet<string> collapsed)
    {
        var spans = trace.Spans;
        Dictionary<SpanId, Span> byId = [];
        foreach (var span in spans)
        {
            byId.TryAdd(span.SpanId, span);
        }

        var children = spans.Where(s => HasParent(s)).ToLookup(s => s.ParentSpanId);
        var start = trace.StartUnixNano;
        var whole = Math.Max(1, trace.EndUnixNano - start);
        List<WaterfallRow> rows = [];
        HashSet<Span> seen = new(ReferenceEqualityComparer.Instance);
        foreach (var root in spans.Where(s => !HasParent(s)))
        {
            Add(root);
        }

        // A circle of parents has no root: its spans are shown all the same.
        foreach (var span in spans)
        {
            if (!seen.Contains(span))
            {
                Add(span);
            }
        }

        return rows;

        bool HasParent(Span span) => !span.ParentSpanId.IsEmpty && span.ParentSpanId != span.SpanId && byId.ContainsKey(span.ParentSpanId);

        // A stack of our own: a hostile trace may be deeper than the stack of a thread.
        void Add(Span root)
        {
            Stack<(Span Span, int Depth, bool Visible)> open = [];
            open.Push((root, 0, true));
            while (open.TryPop(out var next))
            {
                if (!seen.Add(next.Span))
                {
                    continue;
                }

                var below = children[next.Span.SpanId].ToArray();
                if (next.Visible)
                {
                    rows.Add(new(
                        next.Span,
                        next.Depth,
                        below.Length,
                        (next.Span.StartUnixNano - start) / (double)whole,
                        (next.Span.EndUnixNano - next.Span.StartUnixNano) / (double)whole,
                        below.Length == 0 ? peers.Resolve(next.Span) : null));
                }

                for (var i = below.Length - 1; i >= 0; i--)
                {
                    open.Push((below[i], next.Depth + 1, next.Visible && !collapsed.Contains(next.Span.SpanId.ToString())));
                }
            }
        }
    }

    /// <summary>The part of its parent's time in which a span ran none of its children.</summary>
    public static TimeSpan SelfTime(Trace trace, Span span)
    {
        var children = trace.Spans.Where(s => s.ParentSpanId == span.SpanId && s.SpanId != span.SpanId)
            .Select(s => (From: Math.Max(s.StartUnixNano, span.StartUnixNano), To: Math.Min(s.EndUnixNano, span.EndUnixNano)))
            .Where(s => s.To > s.From)
            .OrderBy(s => s.From);
        ulong covered = 0, until = span.StartUnixNano;
        foreach (var (from, to) in children)
        {
            if (to > until)
            {
                covered += to - Math.Max(from, until);
                until = to;
            }
        }

        return TimeSpan.FromTicks((long)((span.EndUnixNano - span.StartUnixNano - covered) / 100));
    }
}
