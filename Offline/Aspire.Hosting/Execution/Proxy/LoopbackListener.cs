using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Execution;

/// <summary>Listens where <c>localhost</c> leads: on the IPv4 and, where there is one, the IPv6 loopback address, both on one port.</summary>
internal static class LoopbackListener
{
    private const int Attempts = 20;
    private const int Backlog = 512;

    /// <param name="host">The host of the endpoint; anything but an any-address listens on loopback.</param>
    /// <param name="port">The port, or 0 for a free one.</param>
    /// <param name="udp">Whether datagrams are received instead.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static IReadOnlyList<Socket> Bind(string host, int port, bool udp = false)
    {
        var (v4, v6) = host switch
        {
            "0.0.0.0" => (IPAddress.Any, null),
            "::" or "[::]" => (null, IPAddress.IPv6Any),
            "*" or "+" => (IPAddress.Any, IPAddress.IPv6Any),
            _ => (IPAddress.Loopback, IPAddress.IPv6Loopback),
        };
        for (var attempt = 1; ; attempt++)
        {
            List<Socket> sockets = [];
            try
            {
                if (v4 is not null)
                {
                    sockets.Add(BindOne(v4, port, udp));
                }

                if (v6 is not null && Socket.OSSupportsIPv6)
                {
                    AddV6(sockets, v6, port == 0 && sockets.Count > 0 ? ((IPEndPoint)sockets[0].LocalEndPoint!).Port : port, udp);
                }

                return sockets;
            }
            catch (SocketException exception)
            {
                sockets.ForEach(socket => socket.Dispose());

                // A free IPv4 port may be taken on IPv6: then the next one.
                if (port != 0 || exception.SocketErrorCode != SocketError.AddressAlreadyInUse || attempt == Attempts)
                {
                    throw;
                }
            }
        }
    }

    private static void AddV6(List<Socket> sockets, IPAddress address, int port, bool udp)
    {
        try
        {
            sockets.Add(BindOne(address, port, udp));
        }
        catch (SocketException exception) when (sockets.Count > 0 && exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // IPv6 is compiled in but has no loopback address here, as in many containers.
        }
    }

    private static Socket BindOne(IPAddress address, int port, bool udp)
    {
        var socket = new Socket(address.AddressFamily, udp ? SocketType.Dgram : SocketType.Stream, udp ? ProtocolType.Udp : ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(new IPEndPoint(address, port));
            if (!udp)
            {
                socket.Listen(Backlog);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
