using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Shared;

namespace EndToEnd.Tests;

/// <summary>What the tool says to bad input, with Docker's exit codes, and what another user gets from the AppHost.</summary>
public partial class LinkTests(LinkedApplication application)
{
    [Fact]
    public async Task Without_a_running_AppHost_it_says_how_to_start_this_one()
    {
        var home = AppHostProcess.NewHome();
        Directory.CreateDirectory(Path.Combine(home, "run"));

        Assert.Equal(
            (125, "", $"link: the AppHost at {Repository.Root}/AppHost is not running; start it with: dotnet run --project AppHost\n"),
            await LinkTool.RunAsync(home, "redis-server:redis", "env"));
    }

    [Theory]
    [InlineData("nosuch:redis env", 125, "link: there is no resource 'nosuch' to link to; there is 'redis-server'.")]
    [InlineData("counter:x env", 125, "link: 'counter' has no connection string and can't be linked to; there is 'redis-server'.")]
    [InlineData("redis-server:a:b env", 125, "link: 'redis-server:a:b' is not a link. Usage: link SOURCE[:ALIAS] COMMAND; see link --help.")]
    [InlineData("redis-server:redis -- nosuchprogram", 127, "link: 'nosuchprogram' was not found on PATH.")]
    public async Task Bad_input_gets_one_line_and_dockers_exit_codes(string line, int exitCode, string error)
    {
        var running = await application.StartAsync();

        Assert.Equal((exitCode, "", error + "\n"), await LinkTool.RunAsync(running.Host.Home, line.Split(' ')));
    }

    [Fact]
    public async Task Another_user_who_reaches_the_socket_gets_nothing_but_a_refusal()
    {
        Tools.Require(Environment.IsPrivilegedProcess, "To become another user takes root.");
        Tools.Require("setpriv");
        Tools.Require("curl");
        var running = await application.StartAsync();
        var directory = Path.Combine(running.Host.Home, "run", "aspire-links");
        var socket = Directory.EnumerateFiles(directory).Single();
        Assert.Equal("700", await ShellAsync($"stat -c %a {directory}"));
        var ask = $"setpriv --reuid 65534 --regid 65534 --clear-groups curl -s --http0.9 --unix-socket {socket} http://link/";
        Assert.Equal("7", await ShellAsync($"{ask}; echo $?"));

        // With every door opened that the tool and the AppHost keep shut, who asks still matters.
        var doors = $"{running.Host.Home}/.. {running.Host.Home} {running.Host.Home}/run {directory}";
        await ShellAsync($"chmod o+x {doors} && chmod o+rw {socket}");
        var answer = await ShellAsync(ask);
        await ShellAsync($"chmod o-x {doors}");

        Assert.Equal("""{"version":1,"type":"error","message":"this AppHost belongs to another user.","code":"forbidden"}""", answer);
    }

    [Theory]
    [InlineData("hello", "bad-request")]
    [InlineData("", "bad-request")]
    [InlineData("null", "bad-request")]
    [InlineData("""{"version":1,"operation":"nosuch"}""", "bad-request")]
    [InlineData("""{"version":1,"operation":"link","source":"redis-server","alias":"a b"}""", "bad-request")]
    [InlineData("""{"version":1,"operation":"link","source":"redis-server","alias":"a\\n"}""", "bad-request")]
    [InlineData("""{"version":1,"operation":"link","source":"nosuch","alias":"a"}""", "unknown-resource")]
    [InlineData("""{"version":1,"operation":"link","source":"counter","alias":"a"}""", "no-connection-string")]
    [InlineData("""{"version":2,"operation":"list"}""", "unsupported-version")]
    [InlineData("""{"version":2,"ask":{"list":true}}""", "unsupported-version")]
    public async Task A_request_that_can_t_be_answered_gets_its_code_and_the_next_one_its_answer(string request, string code)
    {
        var running = await application.StartAsync();
        using var client = Connect(running.Host.Home);

        await client.SendAsync(Encoding.UTF8.GetBytes(request + "\n" + """{"version":1,"operation":"list"}""" + "\n"));
        client.Shutdown(SocketShutdown.Send);

        var lines = (await ReadToEndAsync(client)).Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("""{"version":1,"type":"error",""", lines[0], StringComparison.Ordinal);
        Assert.EndsWith($"\"code\":\"{code}\"}}", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"version":1,"type":"list","resources":[{"name":"redis-server",""", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_too_long_or_does_not_end_is_cut_off()
    {
        var running = await application.StartAsync();
        var clock = Stopwatch.StartNew();
        using var longest = Connect(running.Host.Home);
        using var tooLong = Connect(running.Host.Home);
        using var slow = Connect(running.Host.Home);
        const string request = """{"version":1,"operation":"list"}""";

        await longest.SendAsync(Encoding.UTF8.GetBytes(request.PadRight(4095) + "\n"));
        await tooLong.SendAsync(Encoding.UTF8.GetBytes(request.PadRight(4096) + "\n"));
        longest.Shutdown(SocketShutdown.Send);
        async Task TrickleAsync()
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(30))
            {
                await slow.SendAsync(" "u8.ToArray());
                await Task.Delay(500);
            }
        }

        Assert.Contains("redis-server", await ReadToEndAsync(longest), StringComparison.Ordinal);
        Assert.Equal("", await ReadToEndAsync(tooLong));
        await Assert.ThrowsAsync<SocketException>(TrickleAsync);
        Assert.InRange(clock.Elapsed.TotalSeconds, 9, 29);
    }

    [Fact]
    public async Task A_ping_that_goes_on_follows_the_source_to_the_port_of_its_next_start()
    {
        var home = AppHostProcess.NewHome();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await using var first = AppHostProcess.Start(home, Stores.RedisServer());
        await first.LoginAsync();
        using var ping = LinkTool.Start(home, ["dotnet", LinkTool.Program, "redis-server:redis", "ping", "-i", "0.2", "-W", "60", "redis"]);
        async Task<string> PortOfNextAnswerAsync()
        {
            while (true)
            {
                var line = await ping.StandardOutput.ReadLineAsync(patience.Token);
                Assert.NotNull(line);
                if (Answer().Match(line) is { Success: true } answer)
                {
                    return answer.Groups["port"].Value;
                }
            }
        }

        var before = await PortOfNextAnswerAsync();
        await first.StopAsync();
        await using var second = AppHostProcess.Start(home, Stores.RedisServer());
        string after;
        do
        {
            after = await PortOfNextAnswerAsync();
        }
        while (after == before);

        Assert.Contains($"\nREDIS_PORT={after}\n", (await LinkTool.RunAsync(home, "redis-server:redis", "env")).Output, StringComparison.Ordinal);
        await ShellAsync($"kill -s INT {ping.Id}");
        await ping.WaitForExitAsync(patience.Token);
        Assert.Equal(0, ping.ExitCode);
    }

    [Fact]
    public async Task Clients_that_leave_while_they_wait_make_room_for_others()
    {
        var home = AppHostProcess.NewHome();
        await using var host = AppHostProcess.Start(home, new Dictionary<string, string?>(Stores.RedisServer()) { ["ASPIRE_REDIS_STORE"] = "container" });
        // It never has started: the counter waits for a store that can't be there. Links are there before.
        await host.WaitForOutputAsync(new Regex("Failed to start resource redis-server"));
        var impatient = Enumerable.Range(0, 32).Select(_ => Connect(home)).ToList();
        foreach (var client in impatient)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes("""{"version":1,"operation":"link","source":"redis-server","alias":"redis","timeout":600}""" + "\n"));
            var buffer = new byte[4096];
            Assert.Contains("waiting for 'redis-server' to run", Encoding.UTF8.GetString(buffer, 0, await client.ReceiveAsync(buffer)).Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        impatient.ForEach(client => client.Dispose());
        var (exitCode, output, error) = await LinkTool.RunAsync(home, "--list");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("redis-server", output, StringComparison.Ordinal);
    }

    private static Socket Connect(string home)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Directory.EnumerateFiles(Path.Combine(home, "run", "aspire-links")).Single()));
        return socket;
    }

    /// <summary>Until the AppHost ends the connection; an end without regard for what it has not read is one, too.</summary>
    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) is var read and > 0)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
        }

        return text.ToString();
    }

    private static async Task<string> ShellAsync(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.TrimEnd('\n');
    }

    [GeneratedRegex(@"^PONG from redis \(localhost:(?<port>\d+)\): seq=\d+ connect=")]
    private static partial Regex Answer();
}
