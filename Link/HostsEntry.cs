using Link.Protocol;

namespace Link;

/// <summary>The line of a hosts file that Docker writes for a link: address, tab, alias, short id, name.</summary>
internal static class HostsEntry
{
    public static string Of(LinkDescription link) => $"{AddressOf(link)}\t{string.Join(' ', link.Names)}";

    public static string AddressOf(LinkDescription link) =>
        link.Address ?? throw new LinkException($"the connection string of '{link.Source}' names no host, so it has no entry for a hosts file.");

    /// <summary>Whether a name stands for the source of the link.</summary>
    public static bool Knows(LinkDescription link, string host) => link.Names.Contains(host, StringComparer.OrdinalIgnoreCase);
}
