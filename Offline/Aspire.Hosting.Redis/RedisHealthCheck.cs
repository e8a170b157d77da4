using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Aspire.Hosting.Redis;

/// <summary>Healthy when Redis answers a PING. One connection is kept from check to check.</summary>
internal sealed class RedisHealthCheck : IHealthCheck, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _connectedTo;
    private ConnectionMultiplexer? _connection;

    /// <summary>Known once the endpoints of the resource are. Asked for each time: another start may come with another password.</summary>
    public Func<CancellationToken, ValueTask<string?>>? ConnectionString { get; set; }

    /// <summary>Whether Redis is to begin its append-only file if it has started without one.</summary>
    public bool BeginsLog { get; set; }

    public static string KeyOf(RedisResource resource) => $"{resource.Name}_check";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var connectionString = ConnectionString is { } current && await current(cancellationToken).ConfigureAwait(false) is { } known
            ? known
            : throw new InvalidOperationException("Connection string is unavailable");
        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var connection = await ConnectAsync(connectionString).WaitAsync(s_patience, cancellationToken).ConfigureAwait(false);
                await connection.GetDatabase().PingAsync().WaitAsync(s_patience, cancellationToken).ConfigureAwait(false);
                if (BeginsLog)
                {
                    await connection.GetDatabase().ExecuteAsync("CONFIG", "SET", "appendonly", "yes").WaitAsync(s_patience, cancellationToken).ConfigureAwait(false);
                    BeginsLog = false;
                }

                return HealthCheckResult.Healthy();
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever went wrong, Redis does not answer: the report carries the reason.
            return new HealthCheckResult(context.Registration.FailureStatus, exception: exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }

        _turn.Dispose();
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(string connectionString)
    {
        // A connection that was made before Redis was stopped can take its time to notice the new one: only a live one is worth keeping.
        if (_connection is { IsConnected: true } && _connectedTo == connectionString)
        {
            return _connection;
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
            _connection = null;
        }

        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        options.ConnectTimeout = (int)s_patience.TotalMilliseconds / 2;
        options.AllowAdmin = true;
        _connection = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
        _connectedTo = connectionString;
        return _connection;
    }
}
