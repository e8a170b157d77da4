using System.Net;
using Microsoft.Extensions.Options;

namespace CounterService.Counting;

/// <summary>Tells who sent a request: the peer of the connection, or whom a configured proxy names in <c>X-Forwarded-For</c>.</summary>
internal sealed class CallerAddress(IOptions<CounterOptions> options)
{
    private readonly IPNetwork[] _proxies = [.. options.Value.KnownProxies.Select(Parse)];

    public Address Of(HttpContext context)
    {
        var peer = context.Connection.RemoteIpAddress;
        return _proxies.Length == 0 || peer is null || !IsProxy(peer)
            ? Address.From(peer)
            : Address.From(Forwarded(context.Request.Headers["X-Forwarded-For"].ToString(), peer));
    }

    /// <summary>A single address or a network such as 10.0.0.0/8.</summary>
    public static bool IsValid(string proxy) => IPNetwork.TryParse(proxy, out _) || IPAddress.TryParse(proxy, out _);

    private static IPNetwork Parse(string proxy)
    {
        if (IPNetwork.TryParse(proxy, out var network))
        {
            return network;
        }

        var address = Normalize(IPAddress.Parse(proxy));
        return new IPNetwork(address, address.GetAddressBytes().Length * 8);
    }

    /// <summary>Each proxy appends its peer, so only what known proxies wrote counts: read from the right, up to the first stranger.</summary>
    private IPAddress Forwarded(ReadOnlySpan<char> header, IPAddress peer)
    {
        var caller = peer;
        while (!header.IsEmpty)
        {
            var comma = header.LastIndexOf(',');
            var entry = header[(comma + 1)..].Trim();
            header = comma < 0 ? default : header[..comma];

            if (!IPAddress.TryParse(WithoutPort(entry), out var address))
            {
                return caller;
            }

            caller = address;
            if (!IsProxy(caller))
            {
                return caller;
            }
        }

        return caller;
    }

    /// <summary>Some proxies write 192.0.2.1:1234.</summary>
    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> entry)
    {
        var colon = entry.IndexOf(':');
        return colon > 0 && colon == entry.LastIndexOf(':') ? entry[..colon] : entry;
    }

    private bool IsProxy(IPAddress address)
    {
        address = Normalize(address);
        foreach (var proxy in _proxies)
        {
            if (proxy.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static IPAddress Normalize(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
