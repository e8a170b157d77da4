using System.Collections.Concurrent;

namespace Aspire.Dashboard.Telemetry;

/// <summary>The senders of telemetry that are known.</summary>
public sealed class ResourceRegistry
{
    private readonly ConcurrentDictionary<(string Name, string? InstanceId), TelemetryResource> _resources = new();
    private readonly int _capacity;
    private readonly Lock _adding = new();

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

    /// <summary>The sender of that name and instance, or null when there are too many of them already.</summary>
    internal TelemetryResource? GetOrAdd(string name, string? instanceId, KeyValue[] attributes)
    {
        if (_resources.TryGetValue((name, instanceId), out var known))
        {
            known.Update(attributes);
            return known;
        }

        lock (_adding)
        {
            if (_resources.Count >= _capacity)
            {
                RemoveUnused();
            }

            return _resources.Count >= _capacity
                ? null
                : _resources.GetOrAdd((name, instanceId), static (key, attributes) => new(key.Name, key.InstanceId, attributes), attributes);
        }
    }

    private void RemoveUnused()
    {
        foreach (var (key, resource) in _resources)
        {
            if (resource.LogCount == 0 && resource.SpanCount == 0 && resource.InstrumentCount == 0)
            {
                _resources.TryRemove(key, out _);
            }
        }
    }
}
