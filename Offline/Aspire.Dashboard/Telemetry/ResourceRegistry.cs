using System.Collections.Concurrent;

namespace Aspire.Dashboard.Telemetry;

/// <summary>The senders of telemetry that are known.</summary>
public sealed class ResourceRegistry
{
    private const long MaxBytes = 32 << 20;
    private const int ResourceSize = 300;

    private readonly ConcurrentDictionary<(string Name, string? InstanceId), TelemetryResource> _resources = new();
    private readonly int _capacity;
    private readonly Lock _adding = new();
    private long _bytes;

    internal ResourceRegistry(int capacity) => _capacity = capacity;

    /// <summary>All of them, by name and instance.</summary>
    public IReadOnlyList<TelemetryResource> GetAll() =>
        [.. _resources.Values.OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.InstanceId, StringComparer.Ordinal)];

    /// <summary>Those whose <c>service.name</c> or unique name that is, ignoring case.</summary>
    public IReadOnlyList<TelemetryResource> Find(string name) => [.. GetAll().Where(r => Matches(r, name))];

    /// <summary>The name to show: the plain one as long as nobody shares it, else the unique one.</summary>
    public string GetDisplayName(TelemetryResource resource)
    {
        foreach (var other in _resources)
        {
            if (!ReferenceEquals(other.Value, resource) && string.Equals(other.Key.Name, resource.Name, StringComparison.OrdinalIgnoreCase))
            {
                return resource.UniqueName;
            }
        }

        return resource.Name;
    }

    internal static bool Matches(TelemetryResource resource, string name) =>
        string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(resource.UniqueName, name, StringComparison.OrdinalIgnoreCase);

    internal static bool MatchesAny(TelemetryResource resource, IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            return true;
        }

        foreach (var name in names)
        {
            if (Matches(resource, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The sender of that name and instance, or null when there are too many of them already, or too large ones.</summary>
    internal TelemetryResource? GetOrAdd(string name, string? instanceId, KeyValue[] attributes, int bytes = 0)
    {
        bytes += ResourceSize + (2 * sizeof(char) * (name.Length + (instanceId?.Length ?? 0)));
        if (_resources.TryGetValue((name, instanceId), out var known))
        {
            // What it was once granted it keeps, so that most batches need no lock; one that outgrows the room stays as it was.
            if (bytes <= known.Bytes || TryGrow(known, bytes))
            {
                known.Update(attributes);
            }

            return known;
        }

        lock (_adding)
        {
            if (IsFull(bytes))
            {
                RemoveUnused();
            }

            if (IsFull(bytes))
            {
                return null;
            }

            var resource = new TelemetryResource(name, instanceId, attributes) { Bytes = bytes };
            var added = _resources.GetOrAdd((name, instanceId), resource);
            _bytes += ReferenceEquals(added, resource) ? bytes : 0;
            return added;
        }
    }

    private bool TryGrow(TelemetryResource resource, int bytes)
    {
        lock (_adding)
        {
            var more = bytes - resource.Bytes;
            if (_bytes + more > MaxBytes)
            {
                return false;
            }

            _bytes += more;
            resource.Bytes = bytes;
            return true;
        }
    }

    private bool IsFull(int bytes) => _resources.Count >= _capacity || _bytes + bytes > MaxBytes;

    private void RemoveUnused()
    {
        foreach (var (key, resource) in _resources)
        {
            if (resource.LogCount == 0 && resource.SpanCount == 0 && resource.InstrumentCount == 0 && _resources.TryRemove(key, out _))
            {
                _bytes -= resource.Bytes;
            }
        }
    }
}
