namespace Aspire.Dashboard.Telemetry;

/// <summary>A combination of attributes, whatever their order was.</summary>
internal readonly struct DimensionKey : IEquatable<DimensionKey>
{
    private readonly int _hash;

    public DimensionKey(KeyValue[] attributes)
    {
        if (attributes.Length > 1)
        {
            Array.Sort(attributes, static (x, y) => string.CompareOrdinal(x.Key, y.Key));
        }

        Attributes = attributes;
        var hash = new HashCode();
        foreach (var attribute in attributes)
        {
            hash.Add(attribute.Key, StringComparer.Ordinal);
            Add(ref hash, attribute);
        }

        _hash = hash.ToHashCode();
    }

    public KeyValue[] Attributes { get; }

    /// <summary>No half of a number is mixed with the other: who sends them could choose numbers that all have one hash.</summary>
    private static void Add(ref HashCode hash, KeyValue attribute)
    {
        switch (attribute.Value)
        {
            case long number:
                hash.Add((int)number);
                hash.Add((int)(number >> 32));
                break;
            case double number:
                var bits = BitConverter.DoubleToInt64Bits(number);
                hash.Add((int)bits);
                hash.Add((int)(bits >> 32));
                break;
            default:
                hash.Add(attribute.Text, StringComparer.Ordinal);
                break;
        }
    }

    public bool Equals(DimensionKey other)
    {
        if (_hash != other._hash || Attributes.Length != other.Attributes.Length)
        {
            return false;
        }

        for (var i = 0; i < Attributes.Length; i++)
        {
            var (mine, theirs) = (Attributes[i], other.Attributes[i]);
            if (!ReferenceEquals(mine, theirs) && (mine.Key != theirs.Key || !(Equals(mine.Value, theirs.Value) || mine.Text == theirs.Text)))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is DimensionKey other && Equals(other);

    public override int GetHashCode() => _hash;
}
