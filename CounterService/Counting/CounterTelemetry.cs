using System.Diagnostics;
using System.Net;

namespace CounterService.Counting;

/// <summary>
/// The service's own spans: one per batch, in a trace of its own, and one under each request for its part in the batch, linked to it.
/// </summary>
internal sealed class CounterTelemetry(EndPoint? server) : IDisposable
{
    /// <summary>The service defaults listen to the source and the meter of the application's name.</summary>
    public const string Name = "CounterService";

    public const string Operation = "EVALSHA";

    private static readonly string s_requestSpan = $"{Operation} requests";

    private readonly ActivitySource _source = new(Name);
    private readonly string? _address = server switch
    {
        DnsEndPoint dns => dns.Host,
        IPEndPoint ip => ip.Address.ToString(),
        _ => null,
    };

    private readonly object? _port = server switch
    {
        DnsEndPoint dns => dns.Port,
        IPEndPoint ip => ip.Port,
        _ => null,
    };

    public Activity? StartBatch(long sequence, int size, int addresses)
    {
        var span = _source.StartActivity("count batch", ActivityKind.Internal, parentContext: default);
        return span?
            .SetTag("counter.batch.sequence", sequence)
            .SetTag("counter.batch.addresses", addresses)
            .SetTag("db.operation.batch.size", size);
    }

    /// <summary>Under the request's own span, if that is recorded.</summary>
    public Activity? StartRequest() =>
        Activity.Current is { IsAllDataRequested: true } ? _source.StartActivity(s_requestSpan, ActivityKind.Client) : null;

    public void EndRequest(Activity span, in Counted counted)
    {
        span.SetTag("db.system.name", "redis");
        span.SetTag("db.system", "redis");
        span.SetTag("db.operation.name", Operation);
        span.SetTag("server.address", _address);
        span.SetTag("server.port", _port);
        if (counted.Rejection is { } rejection)
        {
            span.SetTag("error.type", rejection.ToString());
            span.SetStatus(ActivityStatusCode.Error, "The request was not counted.");
        }
        else
        {
            span.SetTag("db.operation.batch.size", counted.Snapshot.BatchSize);
            if (counted.Snapshot.Batch != default)
            {
                span.AddLink(new ActivityLink(counted.Snapshot.Batch));
            }
        }

        span.Stop();
    }

    public void Dispose() => _source.Dispose();
}
