using Aspire.Dashboard.Pages;
using Aspire.Dashboard.Pages.ConsoleLogs;
using Aspire.Dashboard.Pages.Metrics;
using Aspire.Dashboard.Pages.Shared;
using Aspire.Dashboard.Pages.Traces;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Tests.Browser;

/// <summary>What pages are drawn from, without a browser.</summary>
public sealed class DrawingTests
{
    [Fact]
    public void A_graph_puts_what_is_referred_to_on_the_right_and_survives_circles()
    {
        var layout = GraphLayout.Create(["web", "counter", "redis", "loner"], [new("web", "counter"), new("counter", "redis", "redis"), new("web", "redis"), new("redis", "web")], 200, 60);

        var x = layout.Nodes.ToDictionary(n => n.Name, n => n.X);
        Assert.True(x["web"] < x["counter"] && x["counter"] < x["redis"]);
        Assert.Equal(4, layout.Edges.Count);
        Assert.Equal(4, layout.Nodes.Select(n => (n.X, n.Y)).Distinct().Count());
        Assert.All(layout.Nodes, n => Assert.True(n.X + 200 <= layout.Width && n.Y + 60 <= layout.Height));
    }

    [Fact]
    public void The_same_graph_always_looks_the_same()
    {
        GraphEdge[] edges = [new("a", "c"), new("b", "c"), new("a", "d"), new("b", "d")];

        var (first, second) = (GraphLayout.Create(["a", "b", "c", "d"], edges, 200, 60), GraphLayout.Create(["a", "b", "c", "d"], edges, 200, 60));

        Assert.Equal(first.Nodes, second.Nodes);
        Assert.Equal(first.Edges, second.Edges);
    }

    [Fact]
    public void A_name_breaks_after_its_parts_and_stays_text() =>
        Assert.Equal("a.<wbr>b_<wbr>c/<wbr>d&lt;wbr&gt;", Text.Breakable("a.b_c/d<wbr>").Value);

    [Fact]
    public void An_empty_graph_is_empty() => Assert.Empty(GraphLayout.Create([], [], 200, 60).Nodes);

    [Fact]
    public void Every_duration_is_in_one_column_of_the_histogram()
    {
        long[] durations = [0, 1, 10, 10_000, 10_000, 50_000_000];

        var columns = Histogram.Create(durations, 40);

        Assert.Equal(40, columns.Count);
        Assert.Equal(durations.Length, columns.Sum(c => c.Count));
        Assert.All(columns.Zip(columns.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Empty(Histogram.Create([], 40));
    }

    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(0.75, 15)]
    [InlineData(0.99, 20)]
    public void A_quantile_is_read_within_its_bucket(double quantile, double expected) =>
        Assert.Equal(expected, HistogramQuantile.Of(new Dictionary<double, double> { [10] = 50, [20] = 48, [double.PositiveInfinity] = 2 }, quantile), quantile < 0.9 ? 1.0 : 0.1);

    [Fact]
    public void A_quantile_of_nothing_is_none() => Assert.True(double.IsNaN(HistogramQuantile.Of(new Dictionary<double, double> { [10] = 0 }, 0.5)));

    [Theory]
    [InlineData(0.93, 1)]
    [InlineData(8, 8)]
    [InlineData(123, 150)]
    [InlineData(0.00042, 0.0006)]
    public void An_axis_ends_at_a_round_number_at_or_above_the_greatest_value(double greatest, double most)
    {
        var scale = AxisScale.For([0, greatest]);

        Assert.Equal(most, scale.Most, 1e-9);
        Assert.InRange(scale.Ticks.Count(), 3, 6);
    }

    [Theory]
    [InlineData(-1.7e308, 1.7e308)]
    [InlineData(0, double.Epsilon)]
    [InlineData(double.NaN, double.NegativeInfinity)]
    public void An_axis_has_finite_ends_and_ticks_whatever_the_values_are(double first, double second)
    {
        var scale = AxisScale.For([first, second]);

        Assert.True(double.IsFinite(scale.Least) && scale.Least < scale.Most);
        Assert.InRange(scale.Ticks.Count(double.IsFinite), 3, 10);
        Assert.InRange(double.IsNaN(first) ? 0 : scale.Share(first), 0, 1);
        Assert.InRange(scale.Share(second), 0, 1);
    }

    [Fact]
    public void Console_colours_become_classes_and_markup_stays_text()
    {
        var html = AnsiText.ToHtml("\u001b[1;31m<b>fail</b>\u001b[0m see http://localhost:3000/a?b=1&c=2. \u001b[2K\u0007done \u001b[38;2;10;240;20mgreen");

        Assert.Equal("<span class=\"fg1 bold\">&lt;b&gt;fail&lt;/b&gt;</span> see <a href=\"http://localhost:3000/a?b=1&amp;c=2\" target=\"_blank\" rel=\"noreferrer\">http://localhost:3000/a?b=1&amp;c=2</a>. done <span class=\"fg10\">green</span>", html);
    }

    [Theory]
    [InlineData("**bold** and `a*b*` and *it*", "<p><strong>bold</strong> and <code>a*b*</code> and <em>it</em></p>")]
    [InlineData("# One\n- a\n- b", "<h3>One</h3><ul><li>a</li><li>b</li></ul>")]
    [InlineData("| A | B |\n|---|---|\n| 1 | <i> |", "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>&lt;i&gt;</td></tr></tbody></table>")]
    [InlineData("[x](javascript:alert(1)) <script>", "<p>[x](javascript:alert(1)) &lt;script&gt;</p>")]
    [InlineData("```\n<a>\n```", "<pre><code>&lt;a&gt;</code></pre>")]
    public void Markdown_makes_only_its_own_elements(string source, string html) => Assert.Equal(html, Markdown.ToHtml(source));

    [Theory]
    [InlineData("url.path", FilterCondition.Equals, "/a:b?c=ö&d", true)]
    [InlineData("trace.duration", FilterCondition.GreaterThanOrEqual, "20ms", false)]
    [InlineData("x", FilterCondition.NotContains, "", true)]
    public void A_filter_survives_the_address(string field, FilterCondition condition, string value, bool enabled)
    {
        var filter = new TelemetryFilter(field, condition, value) { Enabled = enabled };

        Assert.Equal(filter, FilterQuery.Parse(FilterQuery.Format(filter)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("a:nonsense:c")]
    [InlineData("a:equals:b:c:d")]
    public void A_filter_that_is_none_is_left_out(string text) => Assert.Null(FilterQuery.Parse(text));

    [Fact]
    public void A_waterfall_shows_children_under_their_parents_orphans_and_circles_included()
    {
        var store = new TelemetryStore(new());
        var resource = store.Resources.GetOrAdd("counter", null, [])!;
        store.Traces.Add([Make(3, 2, 30, 40), Make(1, 0, 0, 100), Make(2, 1, 20, 80), Make(4, 99, 5, 6), Make(5, 6, 50, 51), Make(6, 5, 50, 52)], 0);
        var trace = store.Traces.Find(new(1, 1))!;

        var rows = Waterfall.Create(trace, store.Peers, new HashSet<string>());
        var collapsed = Waterfall.Create(trace, store.Peers, new HashSet<string> { new SpanId(1).ToString() });

        Assert.Equal([(1, 0), (2, 1), (3, 2), (4, 0), (5, 0), (6, 1)], rows.Select(r => ((int)r.Span.SpanId.Value, r.Depth)));
        Assert.Equal(0.2, rows[1].Start, 3);
        Assert.Equal(0.6, rows[1].Width, 3);
        Assert.Equal([1UL, 4UL, 5UL, 6UL], collapsed.Select(r => r.Span.SpanId.Value));
        Assert.Equal(TimeSpan.FromMilliseconds(50), Waterfall.SelfTime(trace, trace.Find(new(2))!));

        Span Make(ulong id, ulong parent, ulong from, ulong to) => new()
        {
            Resource = resource,
            Scope = InstrumentationScope.None,
            TraceId = new(1, 1),
            SpanId = new(id),
            ParentSpanId = new(parent),
            StartUnixNano = (1_000 + from) * 1_000_000,
            EndUnixNano = (1_000 + to) * 1_000_000,
        };
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_500, "150 µs")]
    [InlineData(123_456, "12.3 ms")]
    [InlineData(15_000_000, "1.5 s")]
    [InlineData(1_250_000_000, "2m 5s")]
    public void Durations_read_well(long ticks, string text) => Assert.Equal(text, Text.Duration(TimeSpan.FromTicks(ticks)));
}
