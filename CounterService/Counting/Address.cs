using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CounterService.Counting;

/// <summary>Who is counted: an IPv4 address, or the /64 network of an IPv6 address (one household, one line). A value, so that a request allocates none.</summary>
internal readonly record struct Address(UInt128 Bits)
{
    /// <summary>What stands in the ranking for all addresses beyond the bound.</summary>
    public const string Other = "other";

    private static readonly UInt128 s_loopback = UInt128.One;
    private static readonly UInt128 s_mappedPrefix = (UInt128)0xffff << 32;
    private static readonly UInt128 s_networkMask = UInt128.MaxValue << 64;

    public static Address From(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var written))
        {
            return default;
        }

        if (address.AddressFamily is AddressFamily.InterNetwork && written == 4)
        {
            return new(s_mappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        var bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return new(address.IsIPv4MappedToIPv6 || bits == s_loopback ? bits : bits & s_networkMask);
    }

    /// <summary>As the tutorial prints it: IPv4 in its IPv6 form.</summary>
    public override string ToString()
    {
        if (Bits == 0)
        {
            return "unknown";
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        var address = new IPAddress(bytes);
        return (Bits & ~s_networkMask) == 0 ? $"{address}/64" : address.ToString();
    }
}
