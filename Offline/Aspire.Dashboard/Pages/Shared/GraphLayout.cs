namespace Aspire.Dashboard.Pages.Shared;

/// <summary>An edge of a graph before it is laid out. <paramref name="IsWeak"/> ones are drawn but don't matter as much, such as "waits for".</summary>
internal sealed record GraphEdge(string Source, string Target, string? Label = null, bool IsWeak = false);

/// <summary>A placed node; x and y are its upper left corner.</summary>
internal sealed record PlacedNode(string Name, double X, double Y);

/// <summary>A drawn edge: its path, and where its label goes.</summary>
internal sealed record PlacedEdge(GraphEdge Edge, string Path, double LabelX, double LabelY);

/// <summary>
/// Places a graph in layers, callers on the left and what they depend on to the right. The same graph always looks the same,
/// and a node that comes or goes does not throw the others about as a force layout would.
/// </summary>
internal sealed class GraphLayout
{
    private const double LayerGap = 150;
    private const double RowGap = 36;
    private const double Margin = 24;

    private readonly double _nodeWidth;
    private readonly double _nodeHeight;

    private GraphLayout(double nodeWidth, double nodeHeight) => (_nodeWidth, _nodeHeight) = (nodeWidth, nodeHeight);

    public IReadOnlyList<PlacedNode> Nodes { get; private set; } = [];

    public IReadOnlyList<PlacedEdge> Edges { get; private set; } = [];

    public double Width { get; private set; }

    public double Height { get; private set; }

    public static GraphLayout Create(IReadOnlyList<string> names, IReadOnlyList<GraphEdge> edges, double nodeWidth, double nodeHeight)
    {
        var layout = new GraphLayout(nodeWidth, nodeHeight);
        layout.Place(names, [.. edges.Where(e => e.Source != e.Target && names.Contains(e.Source) && names.Contains(e.Target))]);
        return layout;
    }

    private void Place(IReadOnlyList<string> names, IReadOnlyList<GraphEdge> edges)
    {
        var layerOf = AssignLayers(names, edges);
        var layers = Enumerable.Range(0, names.Count == 0 ? 0 : layerOf.Values.Max() + 1).Select(_ => new List<string>()).ToList();
        foreach (var name in names)
        {
            layers[layerOf[name]].Add(name);
        }

        // An edge over several layers gets a place of its own in each, so that it does not run through other nodes.
        var hops = new Dictionary<GraphEdge, List<string>>(ReferenceEqualityComparer.Instance);
        Dictionary<string, List<string>> neighbours = [];
        foreach (var edge in edges)
        {
            var (from, to) = (layerOf[edge.Source], layerOf[edge.Target]);
            var step = Math.Sign(to - from);
            List<string> path = [edge.Source];
            for (var layer = from + step; step != 0 && layer != to; layer += step)
            {
                var hop = $"\0{hops.Count}:{layer}";
                layers[layer].Add(hop);
                path.Add(hop);
            }

            path.Add(edge.Target);
            hops[edge] = path;
            for (var i = 1; i < path.Count; i++)
            {
                Neighbours(path[i - 1]).Add(path[i]);
                Neighbours(path[i]).Add(path[i - 1]);
            }
        }

        Order(layers, neighbours);
        var places = SetCoordinates(layers);
        Nodes = [.. names.Select(n => new PlacedNode(n, places[n].X, places[n].Y))];
        Edges = [.. edges.Select(e => Draw(e, [.. hops[e].Select(h => places[h])]))];

        List<string> Neighbours(string name) => neighbours.TryGetValue(name, out var list) ? list : neighbours[name] = [];
    }

    /// <summary>The longest way from a node that nobody refers to; edges that would close a circle don't count.</summary>
    private static Dictionary<string, int> AssignLayers(IReadOnlyList<string> names, IReadOnlyList<GraphEdge> edges)
    {
        var targets = edges.ToLookup(e => e.Source, e => e.Target);
        Dictionary<string, int> layers = [];
        HashSet<string> open = [];
        List<string> order = [];
        HashSet<(string, string)> backwards = [];
        foreach (var name in names)
        {
            Visit(name);
        }

        order.Reverse();
        foreach (var name in order)
        {
            layers.TryAdd(name, 0);
            foreach (var target in targets[name])
            {
                if (!backwards.Contains((name, target)))
                {
                    layers[target] = Math.Max(layers.GetValueOrDefault(target), layers[name] + 1);
                }
            }
        }

        return layers;

        void Visit(string name)
        {
            if (order.Contains(name) || !open.Add(name))
            {
                return;
            }

            foreach (var target in targets[name])
            {
                if (open.Contains(target) && !order.Contains(target))
                {
                    backwards.Add((name, target));
                }
                else
                {
                    Visit(target);
                }
            }

            order.Add(name);
        }
    }

    /// <summary>A few sweeps that move each node to the middle of its neighbours untangle what can be untangled.</summary>
    private static void Order(List<List<string>> layers, Dictionary<string, List<string>> neighbours)
    {
        for (var sweep = 0; sweep < 6; sweep++)
        {
            var forwards = sweep % 2 == 0;
            for (var i = 1; i < layers.Count; i++)
            {
                var layer = forwards ? i : layers.Count - 1 - i;
                var fixedLayer = layers[forwards ? layer - 1 : layer + 1];
                var ordered = layers[layer]
                    .Select((name, index) => (name, index))
                    .OrderBy(x => neighbours.GetValueOrDefault(x.name)?.Select(n => fixedLayer.IndexOf(n)).Where(p => p >= 0).DefaultIfEmpty(x.index).Average() ?? x.index)
                    .ThenBy(x => x.index)
                    .Select(x => x.name)
                    .ToList();
                layers[layer] = ordered;
            }
        }
    }

    private Dictionary<string, (double X, double Y)> SetCoordinates(List<List<string>> layers)
    {
        Dictionary<string, (double X, double Y)> places = [];
        var tallest = layers.Count == 0 ? 0 : layers.Max(Tall);
        for (var layer = 0; layer < layers.Count; layer++)
        {
            var y = Margin + ((tallest - Tall(layers[layer])) / 2);
            foreach (var name in layers[layer])
            {
                places[name] = (Margin + (layer * (_nodeWidth + LayerGap)), y);
                y += HeightOf(name) + RowGap;
            }
        }

        Width = (2 * Margin) + (layers.Count * _nodeWidth) + (Math.Max(0, layers.Count - 1) * LayerGap);
        Height = (2 * Margin) + tallest;
        return places;

        double HeightOf(string name) => name[0] == '\0' ? 12 : _nodeHeight;
        double Tall(List<string> layer) => layer.Sum(HeightOf) + (Math.Max(0, layer.Count - 1) * RowGap);
    }

    private PlacedEdge Draw(GraphEdge edge, (double X, double Y)[] stops)
    {
        var forwards = stops[^1].X >= stops[0].X;
        var path = new System.Text.StringBuilder();
        var (x, y) = (stops[0].X + (forwards ? _nodeWidth : 0), stops[0].Y + (_nodeHeight / 2));
        path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}");
        var (labelX, labelY) = (x, y);
        for (var i = 1; i < stops.Length; i++)
        {
            var last = i == stops.Length - 1;
            var (toX, toY) = (stops[i].X + (last == forwards ? 0 : _nodeWidth), stops[i].Y + (last ? _nodeHeight / 2 : 6));
            // The tip of the arrow needs a little room.
            toX += last ? forwards ? -4 : 4 : 0;
            var bend = (toX - x) / 2;
            path.Append(System.Globalization.CultureInfo.InvariantCulture, $" C{x + bend:0.#} {y:0.#} {toX - bend:0.#} {toY:0.#} {toX:0.#} {toY:0.#}");
            if (i == 1)
            {
                (labelX, labelY) = ((x + toX) / 2, (y + toY) / 2);
            }

            if (!last)
            {
                // Straight through the place kept free in this layer.
                var through = toX + (forwards ? _nodeWidth : -_nodeWidth);
                path.Append(System.Globalization.CultureInfo.InvariantCulture, $" L{through:0.#} {toY:0.#}");
                toX = through;
            }

            (x, y) = (toX, toY);
        }

        return new(edge, path.ToString(), labelX, labelY);
    }
}
