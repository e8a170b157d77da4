using System.Diagnostics;
using System.Globalization;
using System.Net;
using StackExchange.Redis.Profiling;

namespace Aspire.StackExchange.Redis;

/// <summary>The names of a command's span: those in use since long, the stable ones of the database conventions, or both.</summary>
internal sealed class RedisSpanConventions
{
    private readonly bool _stable;
    private readonly bool _former;

    private RedisSpanConventions(bool stable, bool former)
    {
        _stable = stable;
        _former = former;
    }

    /// <param name="optIn">The value of <c>OTEL_SEMCONV_STABILITY_OPT_IN</c>: a list separated by commas.</param>
    public static RedisSpanConventions From(string? optIn)
    {
        var choices = (optIn ?? "").Split(',', StringSplitOptions.TrimEntries);
        return choices.Contains("database/dup") ? new(stable: true, former: true)
            : choices.Contains("database") ? new(stable: true, former: false)
            : new(stable: false, former: true);
    }

    public void Write(ActivitySource source, IProfiledCommand command, ActivityContext parent)
    {
        var tags = new ActivityTagsCollection();
        AddCommand(tags, command);
        AddServer(tags, command.EndPoint);

        // A parent of default starts a trace of its own; the activity current on this thread has nothing to do with the command.
        Activity.Current = null;
        using var span = source.StartActivity(command.Command, ActivityKind.Client, parent, tags, links: null, command.CommandCreated);
        if (span is null)
        {
            return;
        }

        var enqueued = command.CommandCreated + command.CreationToEnqueued;
        var sent = enqueued + command.EnqueuedToSending;
        var received = sent + command.SentToResponse;
        span.AddEvent(new ActivityEvent("Enqueued", enqueued));
        span.AddEvent(new ActivityEvent("Sent", sent));
        span.AddEvent(new ActivityEvent("ResponseReceived", received));
        span.SetEndTime(command.CommandCreated + command.ElapsedTime);
    }

    private void AddCommand(ActivityTagsCollection tags, IProfiledCommand command)
    {
        if (_former)
        {
            tags.Add("db.system", "redis");
            tags.Add("db.redis.database_index", command.Db);
            tags.Add("db.statement", command.Command);
        }

        if (_stable)
        {
            tags.Add("db.system.name", "redis");
            tags.Add("db.operation.name", command.Command);
            tags.Add("db.namespace", command.Db.ToString(CultureInfo.InvariantCulture));
            tags.Add("db.query.text", command.Command);
        }
    }

    private static void AddServer(ActivityTagsCollection tags, EndPoint? endpoint)
    {
        switch (endpoint)
        {
            case IPEndPoint ip:
                tags.Add("server.address", ip.Address.ToString());
                tags.Add("server.port", ip.Port);
                tags.Add("network.peer.address", ip.Address.ToString());
                tags.Add("network.peer.port", ip.Port);
                break;
            case DnsEndPoint dns:
                tags.Add("server.address", dns.Host);
                tags.Add("server.port", dns.Port);
                break;
            case not null:
                tags.Add("server.address", endpoint.ToString());
                break;
        }
    }
}
