using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Link.Redis;

namespace Link.Cli;

/// <summary>A redis-cli's connection: runs commands, prints their replies, remembers the database and the transaction.</summary>
/// <remarks><c>resolve</c> says where the store is now: it is asked before every new connection, since the store may have moved.</remarks>
internal sealed class RedisSession(
    Func<CancellationToken, Task<RedisAddress>> resolve, string displayName, RedisCliOptions options, bool raw, Stream output, TextWriter error)
    : IAsyncDisposable
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(5);
    private static readonly string[] s_subscribing = ["SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE"];

    private RespConnection? _connection;
    private int _port;
    private int _database = options.Database;
    private bool _inTransaction;
    private bool _isLost = true;

    public bool IsConnected => _connection is not null;

    /// <summary>As redis-cli's: host, port, database if not the first, and whether a transaction is open.</summary>
    public string Prompt
    {
        get
        {
            if (_isLost)
            {
                return "not connected> ";
            }

            var database = _database == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{_database}]");
            return string.Create(CultureInfo.InvariantCulture, $"{displayName}:{_port}{database}{(_inTransaction ? "(TX)" : "")}> ");
        }
    }

    /// <summary>False, and one line on standard error, when the store can't be reached.</summary>
    public async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        if (IsConnected)
        {
            return true;
        }

        RedisAddress? address = null;
        try
        {
            address = await resolve(cancellationToken);
            _port = address.Port;
            _connection = await RespConnection.ConnectAsync(address, s_connectTimeout, cancellationToken);
            _isLost = false;
            if (_connection.LoginError is { } refused)
            {
                await error.WriteLineAsync($"AUTH failed: {refused.Text}");
            }

            await PrepareAsync(_connection, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException or LinkException)
        {
            await LoseAsync();
            var why = exception is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "Connection refused" : exception.Message;
            await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Could not connect to Redis at {displayName}:{address?.Port ?? _port}: {why}"));
            return false;
        }
    }

    /// <summary>Runs a command and prints its reply, or its replies until cancelled if it streams. True when it did not fail.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<ReadOnlyMemory<byte>> command, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (!await ConnectAsync(cancellationToken))
            {
                return false;
            }

            var wasFresh = attempt > 0;
            try
            {
                return await SendAndPrintAsync(_connection!, command, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                await LoseAsync();
                if (NameOf(command) == "SHUTDOWN")
                {
                    return true;
                }

                // A connection that broke while idle shows only now; once is tried again, as redis-cli does.
                if (exception is RespException || wasFresh)
                {
                    await error.WriteLineAsync($"Error: {exception.Message}");
                    return false;
                }
            }
            catch (OperationCanceledException)
            {
                // A reply may still be on its way; a new connection starts clean.
                await DisconnectAsync();
                throw;
            }
        }
    }

    /// <summary>The names of the commands the server has, for completion. Empty when it does not say.</summary>
    public async Task<IReadOnlyList<string>> ListCommandsAsync(CancellationToken cancellationToken)
    {
        if (_connection is null || _inTransaction)
        {
            return [];
        }

        var commands = await _connection.ExecuteAsync(cancellationToken, "COMMAND");
        return [.. commands.Items.Where(command => command.Items.Count > 0).Select(command => command.Items[0].Text.ToUpperInvariant()).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync() => await DisconnectAsync();

    private async Task PrepareAsync(RespConnection connection, CancellationToken cancellationToken)
    {
        if (options.Resp3 && await connection.ExecuteAsync(cancellationToken, "HELLO", "3") is { IsError: true } noHello)
        {
            await error.WriteLineAsync($"HELLO 3 failed: {noHello.Text}");
        }

        if (_database != 0 && await connection.ExecuteAsync(cancellationToken, "SELECT", _database.ToString(CultureInfo.InvariantCulture)) is { IsError: true } noDatabase)
        {
            await error.WriteLineAsync($"SELECT {_database} failed: {noDatabase.Text}");
            _database = 0;
        }
    }

    private async Task<bool> SendAndPrintAsync(RespConnection connection, IReadOnlyList<ReadOnlyMemory<byte>> command, CancellationToken cancellationToken)
    {
        var name = NameOf(command);
        await connection.SendAsync(command, cancellationToken);
        if (s_subscribing.Contains(name))
        {
            await StreamAsync(connection, "Reading messages... (press Ctrl-C to quit)\n", cancellationToken);
        }

        var reply = await ReadReplyAsync(connection, name, cancellationToken);
        if (reply.IsError && options.ExitOnError)
        {
            await error.WriteLineAsync(reply.Text);
            return false;
        }

        await PrintAsync(ReplyFormatter.Format(command, reply, raw), cancellationToken);
        if (name == "MONITOR" && !reply.IsError)
        {
            await StreamAsync(connection, "", cancellationToken);
        }

        Remember(name, command, reply);
        return !reply.IsError;
    }

    /// <summary>The reply to the command. What the server tells unasked before it (RESP3) is for a terminal, as with redis-cli.</summary>
    private async Task<RespValue> ReadReplyAsync(RespConnection connection, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reply = await connection.ReadAsync(cancellationToken);
            if (reply.Kind != RespKind.Push || name.EndsWith("SUBSCRIBE", StringComparison.Ordinal))
            {
                return reply;
            }

            if (!raw)
            {
                await PrintAsync(ReplyFormatter.Push(reply), cancellationToken);
            }
        }
    }

    /// <summary>Prints what comes until cancelled or cut off.</summary>
    private async Task StreamAsync(RespConnection connection, string heading, CancellationToken cancellationToken)
    {
        if (!raw)
        {
            await output.WriteAsync(Encoding.ASCII.GetBytes(heading), cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
        while (true)
        {
            var message = await connection.ReadAsync(cancellationToken);
            await PrintAsync(raw ? ReplyFormatter.Raw(message) : ReplyFormatter.ForTerminal(message), cancellationToken);
        }
    }

    private async Task PrintAsync(byte[] text, CancellationToken cancellationToken)
    {
        await output.WriteAsync(text, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private void Remember(string name, IReadOnlyList<ReadOnlyMemory<byte>> command, RespValue reply)
    {
        if (reply.IsError)
        {
            _inTransaction &= name != "EXEC";
            return;
        }

        switch (name)
        {
            case "SELECT" when command.Count == 2 && int.TryParse(command[1].Span, CultureInfo.InvariantCulture, out var database):
                _database = database;
                break;
            case "MULTI":
                _inTransaction = true;
                break;
            case "EXEC" or "DISCARD":
                _inTransaction = false;
                break;
            case "RESET":
                (_database, _inTransaction) = (0, false);
                break;
        }
    }

    /// <summary>The prompt says so until there is a connection again.</summary>
    private async Task LoseAsync()
    {
        _isLost = true;
        await DisconnectAsync();
    }

    private async Task DisconnectAsync()
    {
        _inTransaction = false;
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private static string NameOf(IReadOnlyList<ReadOnlyMemory<byte>> command) => Encoding.ASCII.GetString(command[0].Span).ToUpperInvariant();
}
