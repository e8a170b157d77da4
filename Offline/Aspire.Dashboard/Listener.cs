using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aspire.Dashboard;

/// <summary>What is served on an address.</summary>
[Flags]
internal enum ListenerKind
{
    /// <summary>The pages and their API.</summary>
    Frontend = 1,

    /// <summary>OTLP over gRPC.</summary>
    OtlpGrpc = 2,

    /// <summary>OTLP over HTTP.</summary>
    OtlpHttp = 4,
}

/// <summary>One address the dashboard listens on. Connections carry it, so that a request knows through which door it came.</summary>
internal sealed class Listener(string url, ListenerKind kind)
{
    private readonly Uri _uri = Parse(url);
    private ListenOptions? _options;

    public ListenerKind Kind { get; set; } = kind;

    public string Address { get; } = url;

    public static ListenerKind KindOf(HttpContext context) => context.Features.Get<Listener>()?.Kind ?? 0;

    public bool SamePlace(string url) => Parse(url) is var other && other.Port != 0 && other.Port == _uri.Port && other.Host == _uri.Host;

    public void Listen(KestrelServerOptions kestrel, Func<System.Security.Cryptography.X509Certificates.X509Certificate2> certificate)
    {
        void Configure(ListenOptions listen)
        {
            _options ??= listen;
            var secure = _uri.Scheme == Uri.UriSchemeHttps;
            // Without TLS a connection can't be both: gRPC needs HTTP/2, browsers speak HTTP/1.1.
            listen.Protocols = secure ? HttpProtocols.Http1AndHttp2 : Kind == ListenerKind.OtlpGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1;
            listen.Use(next => connection =>
            {
                connection.Features.Set(this);
                return next(connection);
            });
            if (secure)
            {
                listen.UseHttps(certificate());
            }
        }

        var host = _uri.Host;
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            kestrel.Listen(address, _uri.Port, Configure);
        }
        else if (host.EndsWith("localhost", StringComparison.OrdinalIgnoreCase))
        {
            if (_uri.Port == 0)
            {
                // The two loopback addresses would get different ports.
                kestrel.Listen(IPAddress.Loopback, 0, Configure);
            }
            else
            {
                kestrel.ListenLocalhost(_uri.Port, Configure);
            }
        }
        else
        {
            kestrel.ListenAnyIP(_uri.Port, Configure);
        }
    }

    /// <summary>The address with the real port; a wildcard reads as localhost, for people to click on.</summary>
    public string GetBoundUrl()
    {
        var port = _uri.Port == 0 ? (_options?.EndPoint as IPEndPoint)?.Port ?? 0 : _uri.Port;
        var host = _uri.Host is "0.0.0.0" or "[::]" or "any.invalid" ? "localhost" : _uri.Host;
        return $"{_uri.Scheme}://{host}:{port}";
    }

    private static Uri Parse(string url)
    {
        // "http://*:80" and "http://+:80" are common in ASPNETCORE_URLS and no URIs.
        var text = url.Replace("://*", "://any.invalid", StringComparison.Ordinal).Replace("://+", "://any.invalid", StringComparison.Ordinal);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : throw new InvalidOperationException($"'{url}' is not an address the dashboard can listen on; it must look like http://localhost:18888.");
    }
}
