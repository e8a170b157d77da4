namespace Aspire.Dashboard.Telemetry;

/// <summary>A metric of one resource. It grows while it is looked at; reading is safe at any time.</summary>
public sealed class Instrument
{
    private Dimension[] _dimensions = [];

    internal Instrument(TelemetryResource resource, InstrumentationScope meter, string name, InstrumentKind kind)
    {
        Resource = resource;
        Meter = meter;
        Name = name;
        Kind = kind;
    }

    /// <summary>Who sent it.</summary>
    public TelemetryResource Resource { get; }

    /// <summary>Its meter.</summary>
    public InstrumentationScope Meter { get; }

    /// <summary>Such as <c>http.server.request.duration</c>: untrusted, encode it.</summary>
    public string Name { get; }

    /// <summary>The shape of its points.</summary>
    public InstrumentKind Kind { get; }

    /// <summary>What it measures.</summary>
    public string Description { get; internal init; } = "";

    /// <summary>The unit, such as <c>s</c>, <c>By</c> or <c>{request}</c>.</summary>
    public string Unit { get; internal init; } = "";

    /// <summary>Whether a sum only ever grows.</summary>
    public bool IsMonotonic { get; internal set; }

    /// <summary>Whether each point counts only what happened since the one before; otherwise since the start.</summary>
    public bool IsDelta { get; internal set; }

    /// <summary>Whether the sender's numbers are whole.</summary>
    public bool IsInteger { get; internal set; }

    /// <summary>One for each combination of attributes.</summary>
    public IReadOnlyList<Dimension> Dimensions => Volatile.Read(ref _dimensions);

    /// <summary>Each attribute name of the dimensions with the values it takes, for filters. A dimension without the attribute counts as the empty value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GetAttributeValues(int limit = 200)
    {
        SortedDictionary<string, IReadOnlyList<string>> result = new(StringComparer.Ordinal);
        var dimensions = Dimensions;
        foreach (var name in dimensions.SelectMany(d => d.Attributes).Select(a => a.Key).Distinct().Take(limit))
        {
            result[name] = [.. dimensions.Select(d => d.Attributes[name] ?? "").Distinct().Order(StringComparer.Ordinal).Take(limit)];
        }

        return result;
    }

    /// <summary>What it is taken to hold in memory beside its dimensions.</summary>
    internal int Bytes { get; init; }

    internal Dictionary<DimensionKey, Dimension> ByAttributes { get; } = [];

    /// <summary>Called under the lock of the store.</summary>
    internal void Add(Dimension dimension)
    {
        // Growing one by one would copy the array for each of many dimensions; spare places at its end would be seen by readers.
        ByAttributes.Add(dimension.Key, dimension);
        _dimensionList.Add(dimension);
        _changed = true;
    }

    /// <summary>Shows readers what was added; called once at the end of a batch, under the lock of the store.</summary>
    internal void Publish()
    {
        if (_changed)
        {
            _changed = false;
            Volatile.Write(ref _dimensions, [.. _dimensionList]);
        }
    }

    private readonly List<Dimension> _dimensionList = [];
    private bool _changed;
}
