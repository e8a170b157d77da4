using System.Diagnostics;
using System.Net.Sockets;
using Link.Protocol;

namespace AppHost.Links;

/// <summary>Makes the directory of the sockets, for its user only, and clears it of sockets whose AppHost was killed.</summary>
internal static class LinkDirectory
{
    public static void Prepare()
    {
        var directory = LinkSocket.Directory;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        // In /tmp anyone could have made it first.
        if (LinkSocket.WhyNotPrivate(directory) is { } reason)
        {
            throw new IOException(reason);
        }

        foreach (var socket in LinkSocket.Find(null).Where(IsLeftOver))
        {
            File.Delete(socket);
        }
    }

    private static bool IsLeftOver(string socket)
    {
        if (LinkSocket.ProcessIdOf(socket) is { } id && IsAlive(id))
        {
            return false;
        }

        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            probe.Connect(new UnixDomainSocketEndPoint(socket));
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
