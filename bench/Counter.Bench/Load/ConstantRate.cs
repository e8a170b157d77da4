using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Counter.Bench.Load;

/// <summary>
/// Open-loop load: requests are due at fixed times, in a burst every millisecond, whether those before were answered or not. The latency of a
/// request counts from the time it was due, so that a server that stalls can't hide the requests it kept waiting (coordinated omission).
/// </summary>
internal static class ConstantRate
{
    private const int Connections = 64;

    public static async Task<long[]> RunAsync(Uri url, double perSecond, TimeSpan duration)
    {
        var lines = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Line.ConnectAsync(url)));
        var sender = Task.Factory.StartNew(() => Send(lines, perSecond, duration), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await sender;
        var latencies = await Task.WhenAll(lines.Select(line => line.EndAsync()));
        return [.. latencies.SelectMany(some => some).Order()];
    }

    private static void Send(Line[] lines, double perSecond, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var sent = 0L;
        for (var tick = 1; tick <= duration.TotalMilliseconds; tick++)
        {
            var due = start + (tick * Stopwatch.Frequency / 1_000);
            while (Stopwatch.GetTimestamp() is var now && now < due)
            {
                Thread.Sleep(due - now > Stopwatch.Frequency / 500 ? 1 : 0);
            }

            for (var target = (long)(perSecond * tick / 1_000); sent < target; sent++)
            {
                lines[sent % lines.Length].Ask(due);
            }
        }
    }

    /// <summary>A connection. Its answers come in the order of its requests.</summary>
    private sealed class Line
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly Channel<long> _due = Channel.CreateUnbounded<long>(new() { SingleReader = true, SingleWriter = true });
        private readonly List<long> _latencies = [];
        private byte[] _request = [];
        private Task _reading = Task.CompletedTask;

        public static async Task<Line> ConnectAsync(Uri url)
        {
            var line = new Line { _request = System.Text.Encoding.ASCII.GetBytes($"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n") };
            await line._socket.ConnectAsync(IPAddress.Loopback, url.Port);
            line._reading = line.ReadAsync();
            return line;
        }

        public void Ask(long due)
        {
            _due.Writer.TryWrite(due);
            _socket.Send(_request);
        }

        public async Task<List<long>> EndAsync()
        {
            _due.Writer.Complete();
            await _reading;
            _socket.Dispose();
            return _latencies;
        }

        private async Task ReadAsync()
        {
            var buffer = new byte[65_536];
            var filled = 0;
            await foreach (var due in _due.Reader.ReadAllAsync())
            {
                int length;
                while ((length = AnswerLength(buffer.AsSpan(0, filled))) < 0)
                {
                    var read = await _socket.ReceiveAsync(buffer.AsMemory(filled));
                    filled += read > 0 ? read : throw new IOException("The server closed the connection.");
                }

                _latencies.Add(Stopwatch.GetTimestamp() - due);
                buffer.AsSpan(length, filled - length).CopyTo(buffer);
                filled -= length;
            }
        }

        /// <summary>The length of the first answer in the buffer, or -1 while it is not complete.</summary>
        private static int AnswerLength(ReadOnlySpan<byte> buffer)
        {
            var head = buffer.IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                return -1;
            }

            var name = "Content-Length: "u8;
            var at = buffer[..head].IndexOf(name);
            if (!buffer.StartsWith("HTTP/1.1 200"u8) || at < 0 || !System.Buffers.Text.Utf8Parser.TryParse(buffer[(at + name.Length)..head], out int body, out _))
            {
                throw new IOException($"Not an answer: {System.Text.Encoding.ASCII.GetString(buffer[..head])}");
            }

            return head + 4 + body <= buffer.Length ? head + 4 + body : -1;
        }
    }
}
