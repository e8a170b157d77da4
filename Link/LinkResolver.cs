using Link.Protocol;
using Link.Redis;

namespace Link;

/// <summary>Where the source of a link is. It is asked for again before every connection but the first: a restart may have moved it.</summary>
internal sealed class LinkResolver(LinkDescription first, Func<CancellationToken, Task<LinkDescription>> ask)
{
    private bool _used;

    public async Task<RedisAddress> ResolveAsync(CancellationToken cancellationToken)
    {
        var link = _used ? await ask(cancellationToken) : first;
        _used = true;
        return link is { Host: { } host, Port: { } port }
            ? new RedisAddress(host, port, link.Username, link.Password, link.Tls)
            : throw new LinkException($"the connection string of '{link.Source}' names no host and port.");
    }
}
