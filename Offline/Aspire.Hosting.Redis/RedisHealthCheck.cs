using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Redis;

/// <summary>Healthy when Redis answers a PING. One connection is kept from check to check.</summary>
internal sealed class RedisHealthCheck : IHealthCheck, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _connectedTo;
    private RedisConnection? _connection;

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
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            await _turn.WaitAsync(patience.Token).ConfigureAwait(false);
            try
            {
                await PingAsync(connectionString, patience.Token).ConfigureAwait(false);
                return HealthCheckResult.Healthy();
            }
            catch
            {
                await CloseAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever went wrong, Redis does not answer: the report carries the reason.
            return new HealthCheckResult(
                context.Registration.FailureStatus,
                exception: exception is OperationCanceledException ? new TimeoutException($"Redis did not answer within {s_patience.TotalSeconds:0} seconds.") : exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task PingAsync(string connectionString, CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: false } || _connectedTo != connectionString)
        {
            await CloseAsync().ConfigureAwait(false);
        }

        _connection ??= await RedisConnection.OpenAsync(RedisAddress.Parse(connectionString), cancellationToken).ConfigureAwait(false);
        _connectedTo = connectionString;
        await _connection.SendAsync(["PING"], cancellationToken).ConfigureAwait(false);
        if (BeginsLog)
        {
            await _connection.SendAsync(["CONFIG", "SET", "appendonly", "yes"], cancellationToken).ConfigureAwait(false);
            BeginsLog = false;
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
