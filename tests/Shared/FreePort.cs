using System.Net;
using System.Net.Sockets;

namespace Shared;

/// <summary>
/// Ports for the servers a test starts. They lie below the range from which the system takes the ports of outgoing connections
/// (32768 and up on Linux, 49152 and up elsewhere): a port from that range, found free and given back, may be someone's before its server listens.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Count = 22_000;

    // Test processes begin at different places, so that they do not try each other's ports.
    private static int s_next = Random.Shared.Next(Count);

    /// <summary>A port that nothing on the loopback listens on; never the same one twice.</summary>
    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (Interlocked.Increment(ref s_next) & int.MaxValue) % Count;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }

        throw new InvalidOperationException("No free port.");
    }
}
