using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps the log of each resource and hands it to those who watch.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<LogSubscriber>> _subscriberWatchers = [];
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _disposed = new();

    /// <summary>Creates the service.</summary>
    public ResourceLoggerService()
        : this(TimeProvider.System)
    {
    }

    internal ResourceLoggerService(TimeProvider time) => _time = time;

    /// <summary>Raised when a resource gets a log, so that it can be forwarded.</summary>
    internal event Action<string>? LogCreated;

    /// <summary>The names of the logs so far.</summary>
    internal ICollection<string> LogNames => _logs.Keys;

    /// <summary>The logger that writes to the log of a resource, or to those of all its instances.</summary>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var names = resource.InstanceNames();
        return names.Length == 1 ? GetLogger(names[0]) : new ResourceLogger([.. names.Select(Log)], _time);
    }

    /// <summary>The logger that writes to the log of a resource instance.</summary>
    public ILogger GetLogger(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return new ResourceLogger([Log(resourceName)], _time);
    }

    /// <summary>The lines of a resource so far, then each new one.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return MergeAsync(resource.InstanceNames().Select(name => WatchAsync(name)));
    }

    /// <summary>The lines of a resource instance so far, then each new one.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return Log(resourceName).WatchAsync(_disposed.Token);
    }

    /// <summary>The lines of a resource so far.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return MergeAsync(resource.InstanceNames().Select(name => GetAllAsync(name)));
    }

    /// <summary>The lines of a resource instance so far.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        await Task.CompletedTask.ConfigureAwait(false);
        var lines = Log(resourceName).Backlog();
        if (lines.Count > 0)
        {
            yield return lines;
        }
    }

    /// <summary>Tells whenever the first watcher of a log comes or the last one leaves.</summary>
    public async IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateBounded<LogSubscriber>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_subscriberWatchers)
        {
            foreach (var (name, log) in _logs)
            {
                if (log.HasWatchers)
                {
                    channel.Writer.TryWrite(new LogSubscriber(name, AnySubscribers: true));
                }
            }

            _subscriberWatchers.Add(channel);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_subscriberWatchers)
            {
                _subscriberWatchers.Remove(channel);
            }
        }
    }

    /// <summary>Ends the log of a resource: those who watch get to its end.</summary>
    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var name in resource.InstanceNames())
        {
            Complete(name);
        }
    }

    /// <summary>Ends the log of a resource instance: those who watch get to its end.</summary>
    public void Complete(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_logs.TryGetValue(name, out var log))
        {
            log.Complete();
        }
    }

    /// <summary>Forgets the lines of a resource instance so far.</summary>
    public void ClearBacklog(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        if (_logs.TryGetValue(resourceName, out var log))
        {
            log.Clear();
        }
    }

    /// <summary>Ends all watching.</summary>
    public void Dispose()
    {
        if (!_disposed.IsCancellationRequested)
        {
            _disposed.Cancel();
        }

        GC.SuppressFinalize(this);
    }

    internal ResourceLog Log(string name)
    {
        if (_logs.TryGetValue(name, out var log))
        {
            return log;
        }

        var created = new ResourceLog(any => WatchersChanged(name, any));
        log = _logs.GetOrAdd(name, created);
        if (ReferenceEquals(log, created))
        {
            LogCreated?.Invoke(name);
        }

        return log;
    }

    private static async IAsyncEnumerable<IReadOnlyList<LogLine>> MergeAsync(
        IEnumerable<IAsyncEnumerable<IReadOnlyList<LogLine>>> sources,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<IReadOnlyList<LogLine>>(16);
        var pumps = Task.WhenAll(sources.Select(PumpAsync));
        _ = pumps.ContinueWith(done => channel.Writer.TryComplete(done.Exception?.InnerException), TaskScheduler.Default);
        try
        {
            await foreach (var lines in channel.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                yield return lines;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }

        async Task PumpAsync(IAsyncEnumerable<IReadOnlyList<LogLine>> source)
        {
            await foreach (var lines in source.WithCancellation(stop.Token).ConfigureAwait(false))
            {
                await channel.Writer.WriteAsync(lines, stop.Token).ConfigureAwait(false);
            }
        }
    }

    private void WatchersChanged(string name, bool any)
    {
        lock (_subscriberWatchers)
        {
            foreach (var channel in _subscriberWatchers)
            {
                channel.Writer.TryWrite(new LogSubscriber(name, any));
            }
        }
    }
}
