using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CounterService.Counting;
using CounterService.Live;

namespace CounterService.Answers;

/// <summary>The answer for a browser: complete as it is, and kept live by a script where there is one.</summary>
internal sealed class Page(RateHistory history, IConfiguration configuration)
{
    public const string ContentType = "text/html; charset=utf-8";

    private static readonly string s_contentSecurityPolicy =
        $"default-src 'none'; style-src 'self'; script-src 'self' {LoadAgain.Source}; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Set by the AppHost, which knows where its dashboard is.
    private readonly string? _dashboard = Uri.TryCreate(configuration["DASHBOARD_URL"], UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url.GetLeftPart(UriPartial.Authority)
        : null;

    public async Task WriteAsync(HttpResponse response, Counted counted, AddressCount caller, string? traceId, CancellationToken cancellationToken)
    {
        response.ContentType = ContentType;
        response.Headers.ContentSecurityPolicy = s_contentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        await response.WriteAsync(Render(counted, caller, traceId), cancellationToken);
    }

    private string Render(in Counted counted, AddressCount caller, string? traceId)
    {
        var rates = history.Rates();
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{counted.Number} requests counted</title>
            <script>{LoadAgain.Script}</script>
            <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/assets/counter.css">
            <script type="module" src="/assets/counter.js"></script>
            </head>
            <body>
            <main>
            <header>
            <p class="kicker"><span class="dot" id="state" aria-hidden="true"></span>Counted in Redis</p>
            <h1><span id="total">{Group(counted.Number)}</span> <small>requests</small></h1>
            <p class="you">You are request number <strong>{Group(counted.Number)}</strong>, the {Group(caller.Count)}{Ordinal(caller.Count)} from <code>{Encode(caller.Address)}</code>.</p>
            </header>
            <section aria-labelledby="rate-title">
            <h2 id="rate-title">Requests per second <output id="rate">{Rate(rates.Length > 0 ? rates[^1] : 0)}</output></h2>
            <svg id="chart" data-rates="{string.Join(' ', rates.Select(Rate))}" viewBox="0 0 600 120" preserveAspectRatio="none" role="img" aria-label="Requests per second during the last minute">
            <path class="area" d="{Chart(rates, closed: true)}"/><path class="line" d="{Chart(rates, closed: false)}"/>
            </svg>
            <p class="axis" aria-hidden="true"><span>a minute ago</span><span>now</span></p>
            </section>
            <section aria-labelledby="top-title">
            <h2 id="top-title">Who asks most</h2>
            <table>
            <thead><tr><th scope="col">Address</th><th scope="col" class="number">Requests</th></tr></thead>
            <tbody id="top">{Ranking(counted.Snapshot)}</tbody>
            </table>
            </section>
            <nav aria-label="More">
            {TraceLink(traceId)}<a href="/api/count">Count as JSON</a>
            <a href="/openapi/v1.json">API description</a>
            </nav>
            </main>
            </body>
            </html>

            """;
    }

    private string TraceLink(string? traceId) => (_dashboard, traceId) switch
    {
        (null, null) => "",
        (null, _) => $"<span>Trace <code>{traceId}</code></span>\n",
        (_, null) => $"<a href=\"{Encode(_dashboard)}\">Dashboard</a>\n",
        _ => $"<a class=\"primary\" href=\"{Encode(_dashboard)}/traces/detail/{traceId}\">See this request's trace</a>\n<a href=\"{Encode(_dashboard)}\">Dashboard</a>\n",
    };

    private static string Ranking(Snapshot snapshot)
    {
        var rows = new StringBuilder();
        var most = snapshot.Top.Length > 0 ? Math.Max(1, snapshot.Top[0].Count) : 1;
        foreach (var (address, count) in snapshot.Top)
        {
            rows.Append(CultureInfo.InvariantCulture,
                $"<tr><td><code>{Encode(address)}</code><meter min=\"0\" max=\"{most}\" value=\"{count}\" aria-hidden=\"true\"></meter></td><td class=\"number\">{Group(count)}</td></tr>");
        }

        return rows.ToString();
    }

    /// <summary>The last minute, one point per second, newest at the right edge.</summary>
    private static string Chart(double[] rates, bool closed)
    {
        const int Width = 600, Height = 120, Seconds = 60;
        if (rates.Length < 2)
        {
            return closed ? "" : string.Create(CultureInfo.InvariantCulture, $"M0 {Height - 2}H{Width}");
        }

        var most = Math.Max(1, rates.Max());
        var step = (double)Width / (Seconds - 1);
        var left = Width - ((rates.Length - 1) * step);
        var path = new StringBuilder();
        for (var i = 0; i < rates.Length; i++)
        {
            path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{left + (i * step):0.#} {Height - 2 - (rates[i] / most * (Height - 10)):0.#}");
        }

        return closed ? path.Append(CultureInfo.InvariantCulture, $"L{Width} {Height}L{left:0.#} {Height}Z").ToString() : path.ToString();
    }

    private static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private static string Group(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(double rate) => rate.ToString(rate < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);

    private static string Ordinal(long number) => (number % 100, number % 10) switch
    {
        ( >= 11 and <= 13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
}
