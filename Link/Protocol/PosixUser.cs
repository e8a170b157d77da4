using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Link.Protocol;

/// <summary>Who owns a directory, who is at the other end of a socket, who are we.</summary>
internal static partial class PosixUser
{
    /// <summary>The effective user id.</summary>
    public static uint Current => OperatingSystem.IsWindows() ? 0 : GetEffectiveUserId();

    /// <summary>The user id that owns a file or directory; null where the system has no portable way to tell.</summary>
    public static uint? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        const int currentDirectory = -100;
        const int noFollow = 0x100;
        const uint wantOwner = 0x8;
        const int ownerOffset = 20;
        Span<byte> status = stackalloc byte[256];
        return Statx(currentDirectory, path, noFollow, wantOwner, ref MemoryMarshal.GetReference(status)) == 0
            ? BinaryPrimitives.ReadUInt32LittleEndian(status[ownerOffset..])
            : null;
    }

    /// <summary>The user id of the process that connected; null where the system does not tell.</summary>
    public static uint? PeerOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[128];
        if (OperatingSystem.IsLinux())
        {
            const int socketLevel = 1;
            const int peerCredentials = 17;
            return socket.GetRawSocketOption(socketLevel, peerCredentials, credentials) >= 12
                ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..])
                : null;
        }

        if (OperatingSystem.IsMacOS())
        {
            const int localLevel = 0;
            const int peerCredentials = 1;
            return socket.GetRawSocketOption(localLevel, peerCredentials, credentials) >= 8
                ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..])
                : null;
        }

        return null;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte status);
}
