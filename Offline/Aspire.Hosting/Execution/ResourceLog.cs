using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The last lines of one resource instance, and those who watch for more.</summary>
internal sealed class ResourceLog(Action<bool> watchersChanged)
{
    /// <summary>As many lines as the published service keeps.</summary>
    public const int Capacity = 10_000;

    private const int LongestLine = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly List<Channel<LogLine>> _watchers = [];
    private int _lineNumber;
    private bool _complete;

    public bool HasWatchers
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count > 0;
            }
        }
    }

    public void Add(DateTimeOffset time, string text, bool isError)
    {
        if (text.Length > LongestLine)
        {
            text = text[..LongestLine];
        }

        var content = string.Create(null, stackalloc char[64], $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffK} {text}");
        lock (_gate)
        {
            var line = new LogLine(++_lineNumber, content, isError);
            if (_lines.Count == Capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(line);
            }
        }
    }

    public IReadOnlyList<LogLine> Backlog()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _lines.Clear();
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _complete = true;
            _watchers.ForEach(watcher => watcher.Writer.TryComplete());
        }
    }

    /// <summary>A start after the end: the log goes on.</summary>
    public void Reopen()
    {
        lock (_gate)
        {
            _complete = false;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(CancellationToken ended, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, cancellationToken);

        // A watcher that does not keep up loses the oldest lines, never the host its memory.
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        List<LogLine> batch;
        bool first;
        lock (_gate)
        {
            batch = [.. _lines];
            _watchers.Add(channel);
            first = _watchers.Count == 1;
            if (_complete)
            {
                channel.Writer.TryComplete();
            }
        }

        try
        {
            if (first)
            {
                watchersChanged(true);
            }

            if (batch.Count > 0)
            {
                yield return batch;
            }

            while (await HasMoreAsync(channel.Reader, either.Token, cancellationToken).ConfigureAwait(false))
            {
                batch = [];
                while (batch.Count < 1000 && channel.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            bool last;
            lock (_gate)
            {
                _watchers.Remove(channel);
                last = _watchers.Count == 0;
            }

            if (last)
            {
                watchersChanged(false);
            }
        }
    }

    // The end of the service ends the lines; the caller's cancellation is the caller's exception.
    private static async ValueTask<bool> HasMoreAsync(ChannelReader<LogLine> reader, CancellationToken either, CancellationToken caller)
    {
        try
        {
            return await reader.WaitToReadAsync(either).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return false;
        }
    }
}
