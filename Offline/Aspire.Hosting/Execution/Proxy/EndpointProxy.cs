using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Execution;

/// <summary>
/// The public port of an endpoint: each connection goes to a random instance; while there is none, or while it does not
/// listen yet, the connection is held.
/// </summary>
internal sealed class EndpointProxy : IAsyncDisposable
{
    /// <summary>More connections than this are not held: they are closed at once.</summary>
    private const int MostHeld = 1024;

    private static readonly TimeSpan s_longestHold = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<Socket> _listeners;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, byte> _clients = new();
    private readonly Task _accepting;
    private int _held;

    private EndpointProxy(IReadOnlyList<Socket> listeners)
    {
        _listeners = listeners;
        Port = ((IPEndPoint)listeners[0].LocalEndPoint!).Port;
        _accepting = Task.WhenAll(listeners.Select(AcceptAsync));
    }

    public int Port { get; }

    public ProxyTargets Targets { get; } = new();

    /// <exception cref="SocketException">The port is taken.</exception>
    public static EndpointProxy Start(string host, int port) => new(LoopbackListener.Bind(host, port));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        foreach (var client in _clients.Keys)
        {
            client.Dispose();
        }

        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client gave up first, or the process is out of sockets: then a pause lets some close.
                await Task.Delay(50).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        _clients.TryAdd(client, 0);
        try
        {
            client.NoDelay = true;
            using var target = await ConnectAsync().ConfigureAwait(false);
            if (target is not null)
            {
                _clients.TryAdd(target, 0);
                await SocketPump.RunAsync(client, target).ConfigureAwait(false);
                _clients.TryRemove(target, out _);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection ends; whoever made it sees that.
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        if (Interlocked.Increment(ref _held) > MostHeld)
        {
            Interlocked.Decrement(ref _held);
            return null;
        }

        try
        {
            using var hold = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            hold.CancelAfter(s_longestHold);
            for (var pause = 5; ; pause = Math.Min(pause * 2, 200))
            {
                var target = await Targets.NextAsync(hold.Token).ConfigureAwait(false);
                if (await TryConnectAsync(target, hold.Token).ConfigureAwait(false) is { } socket)
                {
                    return socket;
                }

                await Task.Delay(pause, hold.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }

    private static async Task<Socket?> TryConnectAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_connectTimeout);
        try
        {
            await socket.ConnectAsync(target, timeout.Token).ConfigureAwait(false);
            return socket;
        }
        catch (Exception exception) when (exception is SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
