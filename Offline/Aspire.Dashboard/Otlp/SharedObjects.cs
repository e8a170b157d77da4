using System.Buffers.Binary;

namespace Aspire.Dashboard.Otlp;

/// <summary>
/// Objects by the bytes they were read from, so that what comes again and again is neither decoded nor held twice. A message has one place in a
/// table of fixed size, where the next one displaces it: bounded, without locks, and nothing that is sent can make it slow. Only what comes
/// twice in a row to its place is kept, which leaves out what is unique, such as ids and numbers.
/// </summary>
internal sealed class SharedObjects<T> where T : class
{
    private const int Places = 8_192;
    private const int Longest = 192;

    private readonly Entry?[] _entries = new Entry?[Places];
    private readonly ulong[] _seen = new ulong[Places];

    /// <summary>What was read from equal bytes, or null; <paramref name="hash"/> is for <see cref="Add"/>.</summary>
    public T? Find(ReadOnlySpan<byte> message, out ulong hash)
    {
        if (message.Length > Longest)
        {
            hash = 0;
            return null;
        }

        hash = Hash(message);
        return Volatile.Read(ref _entries[Place(hash)]) is { } entry && entry.Hash == hash && message.SequenceEqual(entry.Message) ? entry.Value : null;
    }

    /// <summary>Keeps what was read from a message that was not found, if that came before.</summary>
    public void Add(ReadOnlySpan<byte> message, ulong hash, T value)
    {
        if (message.Length > Longest)
        {
            return;
        }

        ref var seen = ref _seen[Place(hash)];
        if (seen == hash)
        {
            Volatile.Write(ref _entries[Place(hash)], new(hash, message.ToArray(), value));
        }

        seen = hash;
    }

    private static int Place(ulong hash) => (int)(hash >> 32) & (Places - 1);

    private static ulong Hash(ReadOnlySpan<byte> message)
    {
        var hash = Mix((ulong)message.Length);
        for (; message.Length >= sizeof(ulong); message = message[sizeof(ulong)..])
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(message));
        }

        ulong rest = 0;
        foreach (var one in message)
        {
            rest = (rest << 8) | one;
        }

        return Mix(hash ^ rest);
    }

    private static ulong Mix(ulong value)
    {
        value *= 0x9E37_79B9_7F4A_7C15;
        return value ^ (value >> 32);
    }

    private sealed record Entry(ulong Hash, byte[] Message, T Value);
}
