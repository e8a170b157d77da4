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
            hash.Add(attribute.Value is object?[]? 0 : attribute.Value?.GetHashCode() ?? 0);
        }

        _hash = hash.ToHashCode();
    }

    public KeyValue[] Attributes { get; }

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
