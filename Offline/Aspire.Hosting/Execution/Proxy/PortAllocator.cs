using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Execution;

/// <summary>
/// Hands out loopback ports that are free, and none of them twice. They lie below the range from which the system takes the
/// ports of outgoing connections, so that nothing takes one between its being found free and its process listening on it.
/// </summary>
internal sealed class PortAllocator
{
    private const int First = 10_000;
    private const int Count = 22_000;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _taken = [];

    // AppHosts side by side begin at different places.
    private int _next = Random.Shared.Next(Count);

    /// <summary>A port nothing listens on.</summary>
    public int Next(ProtocolType protocol = ProtocolType.Tcp)
    {
        lock (_gate)
        {
            for (var tries = 0; tries < Count; tries++)
            {
                _next = (_next + 1) % Count;
                if (!_taken.Contains(First + _next) && IsFree(First + _next, protocol))
                {
                    _taken.Add(First + _next);
                    return First + _next;
                }
            }
        }

        throw new DistributedApplicationException($"No port between {First} and {First + Count} is free.");
    }

    /// <summary>Keeps a port that the model itself names from being handed out.</summary>
    public void Reserve(int port)
    {
        lock (_gate)
        {
            _taken.Add(port);
        }
    }

    private static bool IsFree(int port, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
