using System.Net.Sockets;
using System.Text.Json;
using Link.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AppHost.Links;

/// <summary>Listens on this AppHost's socket for the link tool; only the same user gets an answer.</summary>
internal sealed partial class LinkServer(string appHostDirectory, LinkRequestHandler handler, ILogger<LinkServer> logger) : BackgroundService
{
    private const int MostConnections = 32;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _free = new(MostConnections);
    private readonly string _path = LinkSocket.PathFor(appHostDirectory, Environment.ProcessId);
    private Socket? _listener;

    /// <summary>Listens before anything else starts: what comes after is done by another thread, in its own time.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _listener = TryListen();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listener = _listener;
        if (listener is null)
        {
            return;
        }

        try
        {
            while (true)
            {
                await _free.WaitAsync(stoppingToken);
                _ = ServeAsync(await AcceptAsync(listener, stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            TryDelete(_path);
        }
    }

    public override void Dispose()
    {
        // First told to end: it has not been when the start of the host failed, and would take what is gone for a failure.
        base.Dispose();
        _listener?.Dispose();
        _free.Dispose();
    }

    /// <summary>Null when there is no place for the socket: the application runs without links.</summary>
    private Socket? TryListen()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            LinkDirectory.Prepare();
            File.Delete(_path);
            socket.Bind(new UnixDomainSocketEndPoint(_path));
            socket.Listen(MostConnections);
            return socket;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException)
        {
            socket.Dispose();
            Log.NoSocket(logger, _path, exception.Message);
            return null;
        }
    }

    /// <summary>Goes on when there are no file descriptors left for a connection: it must not take the application down with it.</summary>
    private async Task<Socket> AcceptAsync(Socket listener, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptAsync(stoppingToken);
            }
            catch (SocketException exception)
            {
                Log.NotAccepted(logger, exception.Message);
                await Task.Delay(s_pause, stoppingToken);
            }
        }
    }

    /// <summary>The directory may be gone already, as when the user's session ends.</summary>
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Owned by nobody: it ends with its client, with its time or with the host, and lets nothing out.</summary>
    private async Task ServeAsync(Socket socket, CancellationToken stoppingToken)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var peer = OperatingSystem.IsWindows() ? null : PosixUser.PeerOf(socket);
            if (peer is not null && peer != PosixUser.Current)
            {
                await RefuseAsync(socket, stream, stoppingToken);
                return;
            }

            await ConverseAsync(stream, stoppingToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidDataException or SocketException)
        {
            // The client left, sent too much or took too long.
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
        }
        finally
        {
            Release();
        }
    }

    /// <summary>What the other sends is read to its end: closing before would cut the refusal off.</summary>
    private static async Task RefuseAsync(Socket socket, NetworkStream stream, CancellationToken stoppingToken)
    {
        await WriteAsync(stream, LinkRequestHandler.Error("forbidden", "this AppHost belongs to another user."), stoppingToken);
        socket.Shutdown(SocketShutdown.Send);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(LinkProtocol.LineTimeout);
        await stream.CopyToAsync(Stream.Null, limit.Token);
    }

    private async Task ConverseAsync(NetworkStream stream, CancellationToken stoppingToken)
    {
        var reader = new LineReader(stream, LinkProtocol.LongestRequest);
        while (await ReadAsync(reader, stoppingToken) is { } line)
        {
            LinkResponse answer;
            try
            {
                var request = JsonSerializer.Deserialize(line, LinkJson.Default.LinkRequest);
                answer = request is null
                    ? LinkRequestHandler.Error("bad-request", "the request is empty.")
                    : await handler.AnswerAsync(request, message => WriteAsync(stream, new LinkResponse { Type = "progress", Message = message }, stoppingToken), stoppingToken);
            }
            catch (JsonException)
            {
                answer = LinkRequestHandler.Error("bad-request", "the request is not a line of JSON as docs/links.md describes it.");
            }

            await WriteAsync(stream, answer, stoppingToken);
        }
    }

    private static async Task<byte[]?> ReadAsync(LineReader reader, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(LinkProtocol.LineTimeout);
        return await reader.ReadLineAsync(limit.Token);
    }

    private static async Task WriteAsync(NetworkStream stream, LinkResponse response, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(LinkProtocol.LineTimeout);
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(response, LinkJson.Default.LinkResponse), (byte)'\n'];
        await stream.WriteAsync(line, limit.Token);
    }

    private void Release()
    {
        try
        {
            _free.Release();
        }
        catch (ObjectDisposedException)
        {
            // The host is gone already.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The link tool can't reach this AppHost: {Path} can't be opened: {Reason}")]
        public static partial void NoSocket(ILogger logger, string path, string reason);

        [LoggerMessage(LogLevel.Warning, "The link tool could not connect: {Reason}")]
        public static partial void NotAccepted(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Error, "A request of the link tool failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
