using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CounterService.Tests.Running;

namespace CounterService.Tests;

public class HostileRequestTests
{
    private const int Requests = 20_000;
    private const long MostGrowth = 300L << 20;

    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "PRI", "\u0001", "G E T", new('M', 500)];
    private static readonly string[] s_paths = ["/", "/api/count", "/live/", "/openapi/v1.json", "/../../etc/passwd", "/%00", "/%", "/%zz", "//", "*", "http://other/", "/?" + new string('a', 3000), "/" + new string('b', 9000), "/\u00ff", "/health?x=<script>", "/assets/%2e%2e/"];
    private static readonly string[] s_versions = ["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "FTP/1.1", ""];
    private static readonly string[] s_headers =
    [
        "Host: localhost", "Host:", "Host: a\r\nHost: b", "Accept: text/html", "Accept: */*;q=9", "Accept: application/json", "Accept: ,,,;;;", "Accept: \"", "X-Forwarded-For: <script>alert(1)</script>",
        "X-Forwarded-For: 1.2.3.4, , ,::::", "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 3", "Transfer-Encoding: gzip",
        "Expect: 100-continue", "Connection: Upgrade\r\nUpgrade: h2c", "Connection: close", "NoColon", ": empty", "A: " + new string('c', 20_000), "B: \0", " folded: yes", "traceparent: 00-zz", "traceparent: 00-00000000000000000000000000000000-0000000000000000-ff",
        "Cookie: " + new string('d', 4_000), "Range: bytes=0-1,-5", "If-None-Match: *", "Accept-Encoding: *;q=NaN",
    ];

    [Fact]
    public async Task Malformed_and_hostile_requests_change_nothing()
    {
        await using var store = await Store.Of("redis-server").StartAsync();
        await using var counter = await Counter.StartAsync(store.ConnectionString, [.. Counter.Patient, ("Counter__KnownProxies__0", "127.0.0.1")]);
        await counter.CountAsync();
        var before = counter.Process.ResidentBytes;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(part => SendAsync(counter, new Random(20261126 + part), Requests / 8)));

        var statuses = answers.SelectMany(answer => answer).GroupBy(status => status).ToDictionary(group => group.Key, group => group.Count());
        // 505 is right for a version of HTTP that does not exist.
        Assert.DoesNotContain(statuses.Keys, status => status.StartsWith('5') && status != "505");
        Assert.Contains("200", statuses);
        Assert.Contains("400", statuses);
        Assert.False(counter.Process.HasExited);
        Assert.NotNull(await counter.CountAsync());
        Assert.DoesNotContain("Unhandled", counter.Process.Output, StringComparison.OrdinalIgnoreCase);
        var growth = counter.Process.ResidentBytes - before;
        Assert.True(growth < MostGrowth, $"{growth >> 20} MB more than before.");
    }

    private static async Task<List<string>> SendAsync(Counter counter, Random random, int count)
    {
        List<string> statuses = [];
        var buffer = new byte[4_096];
        for (var i = 0; i < count; i++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new(true, 0) };
            try
            {
                await socket.ConnectAsync("127.0.0.1", counter.Address.Port);
                await socket.SendAsync(Generate(random));
                socket.Shutdown(SocketShutdown.Send);
                using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
                var read = await socket.ReceiveAsync(buffer, limit.Token);
                var line = Encoding.Latin1.GetString(buffer, 0, read).Split(' ');
                statuses.Add(line.Length > 1 ? line[1] : "closed");
            }
            catch (SocketException)
            {
                statuses.Add("reset");
            }
        }

        return statuses;
    }

    private static byte[] Generate(Random random)
    {
        if (random.Next(20) == 0)
        {
            var noise = new byte[random.Next(1, 2_000)];
            random.NextBytes(noise);
            return noise;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Pick(s_methods)} {Pick(s_paths)} {(random.Next(4) == 0 ? Pick(s_versions) : "HTTP/1.1")}\r\n");
        if (random.Next(4) != 0)
        {
            text.Append("Host: localhost\r\n");
        }

        for (var headers = random.Next(6); headers > 0; headers--)
        {
            text.Append(Pick(s_headers)).Append(random.Next(30) == 0 ? "\n" : "\r\n");
        }

        text.Append("\r\n").Append("body", 0, random.Next(5));
        var bytes = Encoding.Latin1.GetBytes(text.ToString());
        return random.Next(10) == 0 ? bytes[..random.Next(1, bytes.Length)] : bytes;

        string Pick(string[] choices) => random.Next(3) == 0 ? choices[random.Next(choices.Length)] : choices[0];
    }
}
