using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;

namespace Aspire.StackExchange.Redis;

/// <summary>
/// Turns what the client's profiler saw into spans: one per command, under the activity that was current when the command was called.
/// </summary>
/// <remarks>
/// The profiler hands a command over when it is complete, so spans are written afterwards, once per <see cref="s_flushInterval"/>,
/// with the times the profiler took.
/// </remarks>
internal sealed class RedisInstrumentation : IDisposable
{
    public const string SourceName = "OpenTelemetry.Instrumentation.StackExchangeRedis";

    private static readonly TimeSpan s_flushInterval = TimeSpan.FromSeconds(1);

    private readonly ActivitySource _source = new(SourceName);
    private readonly ConcurrentDictionary<(ActivityTraceId, ActivitySpanId), CommandsOfActivity> _pending = new();
    private readonly CommandsOfActivity _withoutParent = new(parent: null);
    private readonly RedisSpanConventions _conventions;
    private readonly Lock _flushing = new();
    private readonly Timer _timer;

    public RedisInstrumentation(IConfiguration configuration)
    {
        _conventions = RedisSpanConventions.From(configuration["OTEL_SEMCONV_STABILITY_OPT_IN"]);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = new Timer(static state => ((RedisInstrumentation)state!).Flush(), this, s_flushInterval, s_flushInterval);
        }
    }

    public void Attach(IConnectionMultiplexer connection) => connection.RegisterProfiler(FindSession);

    public void Dispose()
    {
        _timer.Dispose();
        Flush();
        _source.Dispose();
    }

    internal void Flush()
    {
        lock (_flushing)
        {
            Write(_withoutParent);
            foreach (var (key, commands) in _pending)
            {
                // Asked before the commands are read: what completes in between is read by the next flush.
                var complete = commands.IsComplete;
                Write(commands);
                if (complete)
                {
                    _pending.TryRemove(key, out _);
                }
            }
        }
    }

    /// <summary>Called by the client on the caller's thread for every command.</summary>
    private ProfilingSession? FindSession()
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        var parent = Activity.Current;
        if (parent is null)
        {
            return _withoutParent.Expect();
        }

        // A span under a parent that is not recorded would have no trace to belong to.
        return parent.IsAllDataRequested
            ? _pending.GetOrAdd((parent.TraceId, parent.SpanId), static (_, activity) => new CommandsOfActivity(activity), parent).Expect()
            : null;
    }

    private void Write(CommandsOfActivity commands)
    {
        foreach (var command in commands.TakeCompleted())
        {
            _conventions.Write(_source, command, commands.Parent?.Context ?? default);
        }
    }
}
