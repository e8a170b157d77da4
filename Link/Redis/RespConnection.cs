using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Link.Redis;

/// <summary>Where a store listens and how to log in there.</summary>
internal sealed record RedisAddress(string Host, int Port, string? Username = null, string? Password = null, bool Tls = false);

/// <summary>One connection to a Redis server: commands out, replies in.</summary>
internal sealed class RespConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly RespReader _reader;

    private RespConnection(Stream stream)
    {
        _stream = stream;
        _reader = new RespReader(stream);
    }

    /// <summary>Connects and logs in. A refused login is not an error here: the server's answer is in <see cref="LoginError"/>.</summary>
    public static async Task<RespConnection> ConnectAsync(RedisAddress address, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var connection = new RespConnection(await OpenAsync(address, limit.Token));
            await connection.LogInAsync(address, limit.Token);
            return connection;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("Connection timed out");
        }
    }

    /// <summary>What the server answered to the login, if it refused it.</summary>
    public RespValue? LoginError { get; private set; }

    public async Task<RespValue> ExecuteAsync(IReadOnlyList<ReadOnlyMemory<byte>> arguments, CancellationToken cancellationToken)
    {
        await SendAsync(arguments, cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    public Task<RespValue> ExecuteAsync(CancellationToken cancellationToken, params string[] arguments) =>
        ExecuteAsync([.. arguments.Select(argument => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(argument)))], cancellationToken);

    public async Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> arguments, CancellationToken cancellationToken)
    {
        using var request = new MemoryStream();
        request.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"*{arguments.Count}\r\n")));
        foreach (var argument in arguments)
        {
            request.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${argument.Length}\r\n")));
            request.Write(argument.Span);
            request.Write("\r\n"u8);
        }

        await _stream.WriteAsync(request.GetBuffer().AsMemory(0, (int)request.Length), cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    public async Task<RespValue> ReadAsync(CancellationToken cancellationToken) => await _reader.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static async Task<Stream> OpenAsync(RedisAddress address, CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(address.Host, address.Port, cancellationToken);
            if (!address.Tls)
            {
                return client.GetStream();
            }

            var secure = new SslStream(client.GetStream());
            try
            {
                await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken);
                return secure;
            }
            catch
            {
                await secure.DisposeAsync();
                throw;
            }
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private async Task LogInAsync(RedisAddress address, CancellationToken cancellationToken)
    {
        if (address.Password is not { Length: > 0 } password)
        {
            return;
        }

        string[] login = address.Username is { Length: > 0 } username ? ["AUTH", username, password] : ["AUTH", password];
        var answer = await ExecuteAsync(cancellationToken, login);
        LoginError = answer.IsError ? answer : null;
    }
}
