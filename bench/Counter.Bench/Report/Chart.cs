using System.Globalization;
using System.Text;

namespace Counter.Bench.Report;

/// <summary>Lines over two logarithmic axes, as an SVG that reads in light and in dark.</summary>
internal sealed class Chart(string title, string across, string up)
{
    private const int Width = 760, Height = 420, Left = 90, Right = 210, Top = 50, Bottom = 60;

    private static readonly string[] s_colors = ["#2a78d6", "#d9730d", "#3f9142", "#a04bc0"];

    private readonly List<(string Name, List<(double X, double Y)> Points)> _lines = [];

    public void Line(string name, List<(double X, double Y)> points) => _lines.Add((name, points));

    public void Write(string file)
    {
        File.WriteAllText(Artifacts.Path(file), Render());
        Console.WriteLine($"Chart: {Artifacts.Path(file)}\n");
    }

    private string Render()
    {
        var points = _lines.SelectMany(line => line.Points).ToList();
        var (left, right) = (Down(points.Min(point => point.X)), Up(points.Max(point => point.X)));
        var (bottom, top) = (Down(points.Min(point => point.Y)), Up(points.Max(point => point.Y)));
        double X(double value) => Left + ((Math.Log10(value) - left) / Math.Max(1, right - left) * (Width - Left - Right));
        double Y(double value) => Height - Bottom - ((Math.Log10(value) - bottom) / Math.Max(1, top - bottom) * (Height - Top - Bottom));

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{Height}}" role="img" aria-label="{{title}}">
            <style>
            svg { --text: #222; --grid: #ccc; --back: #fff; }
            @media (prefers-color-scheme: dark) { svg { --text: #ddd; --grid: #444; --back: #111; } }
            text { font: 13px system-ui, sans-serif; fill: var(--text); }
            .title { font-weight: 600; }
            .grid { stroke: var(--grid); }
            .back { fill: var(--back); }
            polyline { fill: none; stroke-width: 2.5; }
            </style>
            <rect class="back" width="{{Width}}" height="{{Height}}"/>
            <text class="title" x="{{Left}}" y="26">{{title}}</text>

            """);
        for (var power = left; power <= right; power++)
        {
            var x = X(Math.Pow(10, power));
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>\n<text x=\"{x:0.#}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{Math.Pow(10, power):N0}</text>\n");
        }

        for (var power = bottom; power <= top; power++)
        {
            var y = Y(Math.Pow(10, power));
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>\n<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Math.Pow(10, power):N0}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 14}\" text-anchor=\"middle\">{across}</text>\n<text x=\"{Left}\" y=\"{Top - 8}\" text-anchor=\"end\">{up}</text>\n");

        // Lines that end together have their names one below the other.
        var names = new double[_lines.Count];
        var above = double.MinValue;
        foreach (var i in Enumerable.Range(0, _lines.Count).OrderBy(i => Math.Round(Y(_lines[i].Points[^1].Y))))
        {
            above = names[i] = Math.Max(Y(_lines[i].Points[^1].Y) + 4, above + 16);
        }

        for (var i = 0; i < _lines.Count; i++)
        {
            var (name, line) = _lines[i];
            var color = s_colors[i % s_colors.Length];
            var path = string.Join(' ', line.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" stroke=\"{color}\"/>\n<text x=\"{X(line[^1].X) + 8:0.#}\" y=\"{names[i]:0.#}\" style=\"fill:{color}\">{name}</text>\n");
            foreach (var (x, y) in line)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"3.5\" fill=\"{color}\"/>\n");
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static int Down(double value) => (int)Math.Floor(Math.Log10(value));

    private static int Up(double value) => (int)Math.Ceiling(Math.Log10(value));
}
