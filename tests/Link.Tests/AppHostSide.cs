using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Link.Protocol;
using Shared;

namespace Link.Tests;

/// <summary>
/// The AppHost's side of the link protocol as docs/links.md describes it, so that the tool can be tried as a process without an AppHost.
/// The real one answers in EndToEnd.Tests.
/// </summary>
internal sealed class AppHostSide : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Func<LinkRequest, IEnumerable<string>> _answer;
    private readonly Task _serving;

    /// <param name="answer">The lines that answer a request.</param>
    /// <param name="runtime">The runtime directory to share with another one.</param>
    public AppHostSide(Func<LinkRequest, IEnumerable<string>> answer, string? runtime = null)
    {
        _answer = answer;
        Tools.Require(!OperatingSystem.IsWindows(), "The programs of these tests are those of Unix.");
        Runtime = runtime ?? Directory.CreateTempSubdirectory("link-").FullName;
        var directory = Path.Combine(Runtime, "aspire-links");
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, $"{Random.Shared.NextInt64():x16}-{Environment.ProcessId}.sock")));
        _listener.Listen();
        _serving = ServeAsync();
    }

    /// <summary>What <c>XDG_RUNTIME_DIR</c> must be to find it.</summary>
    public string Runtime { get; }

    /// <summary>The lines the tool has sent.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Links everything that is asked for to one store.</summary>
    public static AppHostSide Of(RedisServer redis)
    {
        var port = redis.Port;
        return new(request => [Line(new LinkResponse { Type = "link", Link = Link(request, port) })]);
    }

    public static string Line(LinkResponse response) => JsonSerializer.Serialize(response, LinkJson.Default.LinkResponse);

    public static LinkDescription Link(LinkRequest request, int port)
    {
        var prefix = request.Alias!.ToUpperInvariant();
        return new LinkDescription
        {
            Source = request.Source!,
            Alias = request.Alias!,
            Id = "0123456789ab",
            Host = "localhost",
            Address = "127.0.0.1",
            Port = port,
            TargetPort = 6379,
            Password = RedisServer.Password,
            Environment = [new($"{prefix}_HOST", "localhost"), new($"{prefix}_PORT", $"{port}"), new($"{prefix}_PASSWORD", RedisServer.Password, Secret: true)],
        };
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
        if (Directory.Exists(Runtime))
        {
            Directory.Delete(Runtime, recursive: true);
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptAsync();
                await using var stream = new NetworkStream(connection);
                using var reader = new StreamReader(stream);
                try
                {
                    while (await reader.ReadLineAsync() is { } line)
                    {
                        Requests.Enqueue(line);
                        foreach (var answer in _answer(JsonSerializer.Deserialize(line, LinkJson.Default.LinkRequest)!))
                        {
                            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"));
                        }
                    }
                }
                catch (IOException)
                {
                    // The tool has heard enough.
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
