using System.Collections.Frozen;
using Aspire.Dashboard.Resources;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// Names who answered a client span that left no span of its own there, such as <c>redis-server</c>: by the address in the span's
/// attributes, matched with the addresses of the host's resources.
/// </summary>
public sealed class PeerResolver
{
    private static readonly string[] s_hostKeys = ["server.address", "network.peer.address", "net.peer.name", "net.peer.ip", "peer.address"];
    private static readonly string[] s_portKeys = ["server.port", "network.peer.port", "net.peer.port"];
    private static readonly string[] s_urlKeys = ["url.full", "http.url"];

    private readonly IResourceService? _resources;
    private readonly TimeProvider _clock;
    private AddressBook? _book;

    /// <summary>Resolves to the resources of that host; without one, to what the attributes themselves say.</summary>
    public PeerResolver(IResourceService? resources, TimeProvider? clock = null)
    {
        _resources = resources;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>
    /// The display name of the resource that a client or producer span went to; failing that, <c>peer.service</c> or <c>host:port</c>
    /// from the attributes; null for other spans and when nothing is said. The text is untrusted, encode it.
    /// </summary>
    public string? Resolve(Span span)
    {
        if (span.Kind is not (SpanKind.Client or SpanKind.Producer))
        {
            return null;
        }

        var book = GetBook();
        if (span.Attributes["peer.service"] is { Length: > 0 } peer)
        {
            return book.FindByName(peer) ?? peer;
        }

        var (host, port) = GetAddress(span.Attributes);
        return host is null ? null : book.Find(host, port) ?? (port is null ? host : $"{host}:{port}");
    }

    private static (string? Host, string? Port) GetAddress(AttributeList attributes)
    {
        string? host = null, port = null, url = null;
        var best = int.MaxValue;
        foreach (var attribute in attributes.AsSpan())
        {
            var rank = Array.IndexOf(s_hostKeys, attribute.Key);
            if (rank >= 0 && rank < best)
            {
                (host, best) = (attribute.Text, rank);
            }
            else if (Array.IndexOf(s_portKeys, attribute.Key) >= 0)
            {
                port ??= attribute.Text;
            }
            else if (Array.IndexOf(s_urlKeys, attribute.Key) >= 0)
            {
                url ??= attribute.Text;
            }
        }

        if (host is { Length: > 0 })
        {
            // Some senders put the port into the address.
            return port is null && host.LastIndexOf(':') is > 0 and var colon && host.IndexOf(':') == colon && ushort.TryParse(host.AsSpan(colon + 1), out _)
                ? (host[..colon], host[(colon + 1)..])
                : (host, port);
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? (uri.Host, uri.Port > 0 ? uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) : null)
            : (null, null);
    }

    /// <summary>Rebuilt at most once a second: pages resolve thousands of spans, and resources seldom change.</summary>
    private AddressBook GetBook()
    {
        var book = Volatile.Read(ref _book);
        if (book is null || _clock.GetElapsedTime(book.Built) > TimeSpan.FromSeconds(1))
        {
            book = new(_resources?.GetResources() ?? [], _clock.GetTimestamp());
            Volatile.Write(ref _book, book);
        }

        return book;
    }

    private sealed class AddressBook
    {
        private readonly FrozenDictionary<string, string> _byPort;
        private readonly FrozenDictionary<string, string> _byName;

        public AddressBook(IReadOnlyList<ResourceViewModel> resources, long built)
        {
            Built = built;
            Dictionary<string, string> byPort = new(StringComparer.OrdinalIgnoreCase);
            Dictionary<string, string> byName = new(StringComparer.OrdinalIgnoreCase);
            foreach (var resource in resources)
            {
                byName.TryAdd(resource.Name, resource.DisplayName);
                byName.TryAdd(resource.DisplayName, resource.DisplayName);
                foreach (var url in resource.Urls)
                {
                    if (Uri.TryCreate(url.Url, UriKind.Absolute, out var uri) && uri.Port > 0)
                    {
                        byPort.TryAdd(Key(uri.Host, uri.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), resource.DisplayName);
                    }
                }
            }

            _byPort = byPort.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
            _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        }

        public long Built { get; }

        public string? FindByName(string name) => _byName.GetValueOrDefault(name);

        public string? Find(string host, string? port) =>
            (port is null ? null : _byPort.GetValueOrDefault(Key(host, port))) ?? _byName.GetValueOrDefault(host);

        /// <summary>Every way to say "this machine" is the same address.</summary>
        private static string Key(string host, string port) =>
            host is "127.0.0.1" or "::1" or "[::1]" or "0.0.0.0" or "[::]" || host.EndsWith("localhost", StringComparison.OrdinalIgnoreCase)
                ? $"localhost:{port}"
                : $"{host}:{port}";
    }
}
