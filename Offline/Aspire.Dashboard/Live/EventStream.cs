using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Live;

/// <summary>A response of server-sent events that several sources write to, one event at a time.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _closed;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly PipeWriter _writer;

    private EventStream(PipeWriter writer, CancellationTokenSource closed)
    {
        _writer = writer;
        _closed = closed;
    }

    /// <summary>Ends when the browser goes away, the dashboard stops, or <see cref="Close"/> is called.</summary>
    public CancellationToken Closed => _closed.Token;

    public static async Task<EventStream> OpenAsync(HttpContext context, CancellationToken stopping)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        var writer = context.Response.BodyWriter;
        await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        // Not before: a browser that went away meanwhile would leave it registered with the dashboard for good.
        return new EventStream(writer, CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping));
    }

    /// <summary>Ends the stream. A browser opens it again some seconds later.</summary>
    public void Close() => _ = _closed.CancelAsync();

    /// <summary>Sends one event. A slow browser holds up its own sources, which skip changes meanwhile; nothing is queued.</summary>
    public async Task SendAsync(string name, ReadOnlyMemory<byte> json)
    {
        await _writing.WaitAsync(Closed).ConfigureAwait(false);
        try
        {
            _writer.Write("event: "u8);
            _writer.Write(System.Text.Encoding.UTF8.GetBytes(name));
            _writer.Write("\ndata: "u8);
            _writer.Write(json.Span);
            _writer.Write("\n\n"u8);
            await _writer.FlushAsync(Closed).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Runs the sources until the stream is closed or one of them fails, and waits for all of them.</summary>
    public async Task RunAsync(List<Task> sources)
    {
        sources.Add(BeatAsync());
        try
        {
            // A source that ends by itself (a resource that is gone) does not end the stream: the browser would only open it again.
            while (sources.Count > 0)
            {
                var ended = await Task.WhenAny(sources).ConfigureAwait(false);
                sources.Remove(ended);
                await ended.ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            // The usual end.
        }
        finally
        {
            await _closed.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(sources).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync()
    {
        _closed.Dispose();
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task BeatAsync()
    {
        while (true)
        {
            await Task.Delay(s_heartbeat, Closed).ConfigureAwait(false);
            await _writing.WaitAsync(Closed).ConfigureAwait(false);
            try
            {
                _writer.Write(":\n\n"u8);
                await _writer.FlushAsync(Closed).ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }
    }
}
