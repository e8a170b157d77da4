using Aspire.Dashboard.Security;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Live;

/// <summary>
/// Leaves a browser connections to load pages with: over HTTP/1.1 it has six to a host, for all of its windows together. Streams keep four of
/// them at most. One that is opened beyond that ends the oldest, which the browser opens again some seconds later: any number of windows stays
/// live, in turn, and none waits for ever.
/// </summary>
internal sealed class StreamBudget(BrowserSessions sessions)
{
    private const int Most = 4;

    private readonly Dictionary<string, List<EventStream>> _streams = new(StringComparer.Ordinal);

    /// <summary>Counts a stream until what is returned is disposed, which must be before the stream is.</summary>
    public Place Enter(HttpContext context, EventStream stream)
    {
        if (!HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            return default;
        }

        // All windows of a browser share its session. Unsecured there are no sessions.
        var browser = sessions.GetSession(context) ?? $"{context.Connection.RemoteIpAddress} {context.Request.Headers.UserAgent}";
        lock (_streams)
        {
            if (!_streams.TryGetValue(browser, out var open))
            {
                _streams[browser] = open = [];
            }

            open.Add(stream);
            if (open.Count > Most)
            {
                open[0].Close();
                open.RemoveAt(0);
            }
        }

        return new(this, browser, stream);
    }

    private void Leave(string browser, EventStream stream)
    {
        lock (_streams)
        {
            if (_streams.TryGetValue(browser, out var open) && open.Remove(stream) && open.Count == 0)
            {
                _streams.Remove(browser);
            }
        }
    }

    public readonly struct Place(StreamBudget? budget, string browser, EventStream stream) : IDisposable
    {
        public void Dispose() => budget?.Leave(browser, stream);
    }
}
