using System.Net.Sockets;
using System.Text.Json;
using Link.Protocol;

namespace Link;

/// <summary>Asks the running AppHost over its socket.</summary>
internal sealed class LinkClient(LinkSurroundings surroundings)
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<LinkableResource>> ListAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(new LinkRequest { Version = LinkProtocol.Version, Operation = "list" }, TimeSpan.Zero, cancellationToken);
        return answer.Resources ?? [];
    }

    /// <summary>The link as it is now; waits for the source to run.</summary>
    public async Task<LinkDescription> LinkAsync(string source, string alias, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new LinkRequest
        {
            Version = LinkProtocol.Version,
            Operation = "link",
            Source = source,
            Alias = alias,
            Timeout = timeout.TotalSeconds,
        };
        var answer = await AskAsync(request, timeout, cancellationToken);
        return answer.Link ?? throw new LinkException("the AppHost's answer has no link; is it of another version?");
    }

    private async Task<LinkResponse> AskAsync(LinkRequest request, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(cancellationToken);
        await using var stream = new NetworkStream(socket);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(wait + LinkProtocol.LineTimeout);
        try
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(request, LinkJson.Default.LinkRequest);
            await stream.WriteAsync((byte[])[.. line, (byte)'\n'], limit.Token);
            string? told = null;
            var reader = new LineReader(stream, LinkProtocol.LongestResponse);
            while (await reader.ReadLineAsync(limit.Token) is { } answerLine)
            {
                var answer = JsonSerializer.Deserialize(answerLine, LinkJson.Default.LinkResponse);
                switch (answer?.Type)
                {
                    case "progress" when answer.Message == told: break;
                    case "progress": surroundings.Progress(told = answer.Message ?? ""); break;
                    case "error": throw new LinkException(answer.Message ?? answer.Code ?? "the AppHost refused without a reason");
                    case null: break;
                    default: return answer;
                }
            }

            throw new LinkException("the AppHost ended the conversation; is it shutting down?");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LinkException("the AppHost did not answer in time.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new LinkException($"the AppHost's answer makes no sense: {exception.Message}");
        }
        catch (IOException exception)
        {
            throw new LinkException($"the conversation with the AppHost broke off: {exception.Message}");
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var appHost = AppHostLocator.FindDirectory(surroundings.AppHost, surroundings.CurrentDirectory);
        var open = new List<(string Path, Socket Socket)>();
        SocketException? refusal = null;
        foreach (var path in FindSockets(appHost))
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(s_connectTimeout);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), limit.Token);
                open.Add((path, socket));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // Left behind by an AppHost that was killed, or its last breath.
                refusal = exception as SocketException ?? refusal;
                socket.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        foreach (var (_, other) in open.Skip(1))
        {
            other.Dispose();
        }

        if (open is [var newest, ..])
        {
            // Of one AppHost started twice the newest is meant; of different ones the user has to say which.
            if (open.DistinctBy(entry => LinkSocket.KeyOf(entry.Path)).Count() > 1)
            {
                newest.Socket.Dispose();
                throw new LinkException("several AppHosts are running; say which with --apphost PATH.");
            }

            return newest.Socket;
        }

        throw new LinkException(refusal is { SocketErrorCode: SocketError.AccessDenied }
            ? "the AppHost's socket belongs to another user."
            : appHost is null
                ? "no AppHost is running; start one with: dotnet run --project AppHost"
                : $"the AppHost at {appHost} is not running; start it with: dotnet run --project {Path.GetRelativePath(surroundings.CurrentDirectory, appHost)}");
    }

    private static IReadOnlyList<string> FindSockets(string? appHost)
    {
        var directory = LinkSocket.Directory;
        try
        {
            // Not whether it exists, which is no where it can't be told, as after su in the runtime directory of another user.
            _ = File.GetAttributes(directory);
            return LinkSocket.WhyNotPrivate(directory) is { } reason ? throw new LinkException(reason) : LinkSocket.Find(appHost);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            throw new LinkException($"{directory} belongs to another user.");
        }
    }
}

/// <summary>What the client needs to know of its surroundings.</summary>
/// <param name="AppHost">The AppHost named on the command line.</param>
/// <param name="CurrentDirectory">Where to look for one otherwise.</param>
/// <param name="Progress">Told each time the AppHost says what it waits for.</param>
internal sealed record LinkSurroundings(string? AppHost, string CurrentDirectory, Action<string> Progress);
