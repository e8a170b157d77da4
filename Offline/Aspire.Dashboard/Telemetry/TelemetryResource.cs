namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// A sender of telemetry: one <c>service.name</c> and <c>service.instance.id</c>. Replicas share <see cref="Name"/>.
/// One object stands for it in all records, spans and instruments, so compare by reference.
/// </summary>
public sealed class TelemetryResource
{
    private KeyValue[] _attributes;
    private long _logs;
    private long _spans;
    private long _instruments;

    internal TelemetryResource(string name, string? instanceId, KeyValue[] attributes)
    {
        Name = name;
        InstanceId = instanceId;
        UniqueName = instanceId is null ? name : $"{name}-{instanceId}";
        _attributes = attributes;
    }

    /// <summary>The <c>service.name</c>; the display name of the resource in the model.</summary>
    public string Name { get; }

    /// <summary>The <c>service.instance.id</c>, if one was sent.</summary>
    public string? InstanceId { get; }

    /// <summary>Name and instance id; equals <c>ResourceViewModel.Name</c> for resources the host started.</summary>
    public string UniqueName { get; }

    /// <summary>The resource attributes of its latest batch.</summary>
    public AttributeList Attributes => new(Volatile.Read(ref _attributes));

    /// <summary>The log records of it that are kept.</summary>
    public long LogCount => Volatile.Read(ref _logs);

    /// <summary>The spans of it that are kept.</summary>
    public long SpanCount => Volatile.Read(ref _spans);

    /// <summary>The instruments of it that are kept.</summary>
    public long InstrumentCount => Volatile.Read(ref _instruments);

    /// <inheritdoc />
    public override string ToString() => UniqueName;

    /// <summary>What it is taken to hold in memory at most; changed under the lock of the registry.</summary>
    internal int Bytes { get; set; }

    internal void Update(KeyValue[] attributes) => Volatile.Write(ref _attributes, attributes);

    /// <summary>Called under the lock of the logs.</summary>
    internal void AddLogs(long count) => Volatile.Write(ref _logs, _logs + count);

    /// <summary>Called under the lock of the traces.</summary>
    internal void AddSpans(long count) => Volatile.Write(ref _spans, _spans + count);

    internal void AddInstruments(long count) => Interlocked.Add(ref _instruments, count);
}
