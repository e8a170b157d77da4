namespace Aspire.Dashboard.Telemetry;

/// <summary>Who calls whom, drawn from spans.</summary>
/// <param name="Nodes">The names of resources and peers.</param>
/// <param name="Edges">The calls between them.</param>
/// <param name="StartTime">When the earliest span started.</param>
/// <param name="EndTime">When the latest one ended.</param>
public sealed record ServiceMap(IReadOnlyList<ServiceMapNode> Nodes, IReadOnlyList<ServiceMapEdge> Edges, DateTime StartTime, DateTime EndTime)
{
    internal static ServiceMap From(IReadOnlyList<Trace> traces, PeerResolver? peers) => new ServiceMapBuilder(peers).Build(traces);
}

/// <summary>A resource, or a peer that sends no telemetry of its own.</summary>
/// <param name="Name">Its name: untrusted, encode it.</param>
/// <param name="IsPeer">True when it is known only by what others say of it.</param>
/// <param name="SpanCount">The spans it sent.</param>
/// <param name="ErrorCount">How many of those failed.</param>
public sealed record ServiceMapNode(string Name, bool IsPeer, int SpanCount, int ErrorCount);

/// <summary>The calls from one to the other.</summary>
/// <param name="Source">The caller.</param>
/// <param name="Target">The one called.</param>
/// <param name="CallCount">How many calls.</param>
/// <param name="ErrorCount">How many of them failed.</param>
/// <param name="CallsPerSecond">Over the time the map covers.</param>
/// <param name="P50">Half of the calls took no longer.</param>
/// <param name="P95">Nineteen of twenty calls took no longer.</param>
public sealed record ServiceMapEdge(string Source, string Target, int CallCount, int ErrorCount, double CallsPerSecond, TimeSpan P50, TimeSpan P95);
