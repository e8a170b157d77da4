using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json.Nodes;
using Link.Redis;

namespace Link.Commands;

/// <summary>Times connecting to the source and one PING of the Redis protocol, in the manner of ping.</summary>
internal sealed class PingCommand(Ping ping, Func<CancellationToken, Task<RedisAddress>> resolve, TextWriter output, bool json)
{
    private readonly List<double> _times = [];
    private int _sent;

    /// <summary>0 when something answered, 1 when nothing did. Cancelling ends it with the summary, as Ctrl+C ends ping.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        RedisAddress? address = null;
        try
        {
            for (var sequence = 1; ping.Count is null || sequence <= ping.Count; sequence++)
            {
                if (sequence > 1)
                {
                    await Task.Delay(ping.Interval, cancellationToken);
                }

                try
                {
                    address = await resolve(cancellationToken);
                }
                catch (LinkException exception) when (address is not null)
                {
                    // It stopped between two requests; it may come back.
                    await ReportAsync(address, sequence, exception.Message);
                    continue;
                }

                if (sequence == 1 && !json)
                {
                    await output.WriteLineAsync($"PING {ping.Host} ({Show(address)}): connect and Redis PING over TCP, not ICMP");
                }

                await PingOnceAsync(address, sequence, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        await SummarizeAsync(Stopwatch.GetElapsedTime(started));
        return _times.Count > 0 ? 0 : 1;
    }

    private async Task PingOnceAsync(RedisAddress address, int sequence, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ping.Timeout);
        var start = Stopwatch.GetTimestamp();
        try
        {
            await using var connection = await RespConnection.ConnectAsync(address with { Password = null }, ping.Timeout, limit.Token);
            var connected = Stopwatch.GetElapsedTime(start);
            await LogInAsync(connection, address, limit.Token);

            start = Stopwatch.GetTimestamp();
            var answer = await connection.ExecuteAsync(limit.Token, "PING");
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (answer.IsError)
            {
                await ReportAsync(address, sequence, $"answered {answer.Text}");
                return;
            }

            _times.Add(elapsed.TotalMilliseconds);
            await ReportAsync(address, sequence, null, connected.TotalMilliseconds, elapsed.TotalMilliseconds);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await ReportAsync(address, sequence, "no answer in time");
        }
        catch (SocketException exception)
        {
            await ReportAsync(address, sequence, exception.SocketErrorCode == SocketError.ConnectionRefused ? "Connection refused" : exception.Message);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            await ReportAsync(address, sequence, exception.Message);
        }
    }

    private static async Task LogInAsync(RespConnection connection, RedisAddress address, CancellationToken cancellationToken)
    {
        if (address.Password is { Length: > 0 } password)
        {
            // A refused login shows in the answer to PING.
            await connection.ExecuteAsync(cancellationToken, address.Username is { Length: > 0 } user ? ["AUTH", user, password] : ["AUTH", password]);
        }
    }

    // One that Ctrl+C cuts off is not reported, and does not count as lost.
    private async Task ReportAsync(RedisAddress address, int sequence, string? failure, double connect = 0, double answer = 0)
    {
        _sent++;
        var line = json
            ? Json(sequence, failure, connect, answer).ToJsonString()
            : failure is not null
                ? string.Create(CultureInfo.InvariantCulture, $"From {ping.Host} ({Show(address)}): seq={sequence} {failure}")
                : string.Create(CultureInfo.InvariantCulture, $"PONG from {ping.Host} ({Show(address)}): seq={sequence} connect={connect:0.000} ms time={answer:0.000} ms");
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }

    private static JsonObject Json(int sequence, string? failure, double connect, double answer) =>
        failure is not null
            ? new() { ["seq"] = sequence, ["error"] = failure }
            : new() { ["seq"] = sequence, ["connectMs"] = Math.Round(connect, 3), ["pingMs"] = Math.Round(answer, 3) };

    private async Task SummarizeAsync(TimeSpan elapsed)
    {
        if (json)
        {
            await output.WriteLineAsync(new JsonObject { ["sent"] = _sent, ["answered"] = _times.Count }.ToJsonString());
            return;
        }

        var lost = _sent == 0 ? 0 : 100 * (_sent - _times.Count) / _sent;
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"\n--- {ping.Host} ping statistics ---\n")
            .Append(CultureInfo.InvariantCulture, $"{_sent} requests sent, {_times.Count} answered, {lost}% lost, time {elapsed.TotalMilliseconds:0}ms\n");
        if (_times.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"rtt min/avg/max = {_times.Min():0.000}/{_times.Average():0.000}/{_times.Max():0.000} ms\n");
        }

        await output.WriteAsync(text);
    }

    private static string Show(RedisAddress address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
}
