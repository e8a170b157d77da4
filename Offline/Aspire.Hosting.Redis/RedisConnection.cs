using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Aspire.Hosting.Redis;

/// <summary>
/// A connection on which one command at a time is sent: all that a health check needs. The client library would take the AppHost a tenth of a
/// second of its start and megabytes for as long as it runs.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly byte[] _reply = new byte[512];

    private RedisConnection(Socket socket, Stream stream)
    {
        _socket = socket;
        _stream = stream;
    }

    /// <summary>Whether Redis has not closed it: nothing comes unasked, so that what can be read is the end.</summary>
    public bool IsOpen => !_socket.Poll(0, SelectMode.SelectRead);

    public static async Task<RedisConnection> OpenAsync(RedisAddress address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
            var connection = new RedisConnection(socket, await StreamOfAsync(socket, address, cancellationToken).ConfigureAwait(false));
            if (address.Password is { } password)
            {
                await connection.SendAsync(address.User is { } user ? ["AUTH", user, password] : ["AUTH", password], cancellationToken).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command that is answered by a line.</summary>
    /// <exception cref="InvalidOperationException">Redis refuses it, or is none.</exception>
    public async Task SendAsync(string[] command, CancellationToken cancellationToken)
    {
        var request = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var word in command)
        {
            request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        await _stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken).ConfigureAwait(false);
        var reply = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (reply is not ['+', ..])
        {
            throw new InvalidOperationException($"Redis answers {command[0]} with: {reply.TrimStart('-')}");
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static async Task<Stream> StreamOfAsync(Socket socket, RedisAddress address, CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (!address.Tls)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken).ConfigureAwait(false);
        return secure;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        for (var filled = 0; filled < _reply.Length;)
        {
            var read = await _stream.ReadAsync(_reply.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new IOException("Redis closed the connection.");
            }

            filled += read;
            if (_reply.AsSpan(0, filled).EndsWith("\r\n"u8))
            {
                return Encoding.UTF8.GetString(_reply, 0, filled - 2);
            }
        }

        throw new InvalidOperationException("What answers is no Redis.");
    }
}
