using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CounterService.Counting;

/// <summary>
/// Learns what the store is, and sets its append-only file and its flushing to what <see cref="CounterOptions.Durability"/> asks for, again after each loss of the
/// connection: a store that restarted has forgotten it.
/// </summary>
internal sealed partial class StoreSetup
{
    private readonly IConnectionMultiplexer _connection;
    private readonly CounterOptions _options;
    private readonly ILogger _logger;
    private volatile bool _applied;
    private bool _refused;

    public StoreSetup(IConnectionMultiplexer connection, IOptions<CounterOptions> options, ILogger<StoreSetup> logger)
    {
        _connection = connection;
        _options = options.Value;
        _logger = logger;
        connection.ConnectionFailed += (_, _) => Invalidate();
        connection.ConnectionRestored += (_, _) => Invalidate();
    }

    /// <summary>Whether what a script does comes back as a whole after the store was killed. Garnet logs each command of it.</summary>
    public bool LogsScriptsAsOne { get; private set; } = true;

    public void Invalidate() => _applied = false;

    /// <summary>Returns when the setting is in force, or the store has said that it can't be set.</summary>
    /// <exception cref="RedisException">The store can't be asked now.</exception>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        if (_applied)
        {
            return;
        }

        _applied = true;
        try
        {
            foreach (var server in _connection.GetServers().Where(server => server is { IsConnected: true, IsReplica: false }))
            {
                await LearnAsync(server).WaitAsync(_options.AttemptTimeout, cancellationToken);
                await ApplyAsync(server).WaitAsync(_options.AttemptTimeout, cancellationToken);
            }
        }
        catch
        {
            _applied = false;
            throw;
        }
    }

    private async Task LearnAsync(IServer server)
    {
        var info = (string?)await server.ExecuteAsync("INFO", "server");
        LogsScriptsAsOne = info?.Contains("garnet_version", StringComparison.Ordinal) is not true;
    }

    private async Task ApplyAsync(IServer server)
    {
        if (_refused)
        {
            return;
        }

        try
        {
            await SetAsync(server);
        }
        catch (RedisServerException exception)
        {
            _refused = true;
            Log.Refused(_logger, _options.Durability, exception.Message);
        }
    }

    private async Task SetAsync(IServer server)
    {
        var policy = _options.Durability switch
        {
            Durability.None => "no",
            Durability.EverySecond => "everysec",
            _ => "always",
        };

        await server.ExecuteAsync("CONFIG", "SET", "appendfsync", policy);
        if (_options.Durability is Durability.None)
        {
            return;
        }

        var file = (RedisResult[]?)await server.ExecuteAsync("CONFIG", "GET", "appendonly");
        if (file is not [_, var enabled] || (string?)enabled != "yes")
        {
            await server.ExecuteAsync("CONFIG", "SET", "appendonly", "yes");
            Log.Enabled(_logger, server.EndPoint.ToString());
        }

        // Until the file is complete, what is appended to it would not bring back the rest.
        if (_options.Durability is Durability.Always && await IsRewritingAsync(server))
        {
            throw new RedisException("the store is still writing its append-only file");
        }
    }

    private static async Task<bool> IsRewritingAsync(IServer server) =>
        (string?)await server.ExecuteAsync("INFO", "persistence") is { } info
        && (info.Contains("aof_rewrite_in_progress:1", StringComparison.Ordinal) || info.Contains("aof_rewrite_scheduled:1", StringComparison.Ordinal));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Durability {Durability} is what the store was started with: it can't be set ({Reason})")]
        public static partial void Refused(ILogger logger, Durability durability, string reason);

        [LoggerMessage(2, LogLevel.Information, "The append-only file of {Server} is now on")]
        public static partial void Enabled(ILogger logger, string? server);
    }
}
