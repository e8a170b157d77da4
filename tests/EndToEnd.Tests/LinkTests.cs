using System.Diagnostics;
using System.Text.RegularExpressions;
using Shared;

namespace EndToEnd.Tests;

/// <summary>The tutorial's steps 2 and 4, with the tool <c>link</c> against a running AppHost.</summary>
public partial class LinkTests
{
    [Fact]
    public async Task The_link_can_be_inspected_as_in_the_tutorial()
    {
        var home = AppHostProcess.NewHome();
        await using var host = AppHostProcess.Start(home, Stores.RedisServer());
        await host.FirstAnswerAsync(await host.CounterAsync(await host.LoginAsync()));

        var environment = await LinkAsync(home, "redis-server:redis", "env");
        var port = Port().Match(environment.Output).Groups["port"].Value;
        Assert.Contains($"REDIS_PORT_6379_TCP=tcp://127.0.0.1:{port}\n", environment.Output, StringComparison.Ordinal);
        Assert.Contains($"REDIS_HOST=localhost\nREDIS_PORT={port}\n", environment.Output, StringComparison.Ordinal);

        Assert.Matches("^127\\.0\\.0\\.1\tredis [0-9a-f]{12} redis-server\n$", (await LinkAsync(home, "redis-server:redis", "cat", "/etc/hosts")).Output);
        Assert.Contains("1 answered", (await LinkAsync(home, "redis-server:redis", "ping", "-c", "1", "redis")).Output, StringComparison.Ordinal);

        var keys = (await LinkAsync(home, "redis-server:redis", "redis-cli", "-h", "redis", "KEYS", "*")).Output.Split('\n');
        Assert.Contains("ip", keys);
        Assert.Contains("requests", keys);
        Assert.Equal((0, "OK\n1\n1\n", ""), await LinkAsync(home, "SET a 1\nGET a\nDEL a\nQUIT\n", ["redis-server:redis", "redis-cli", "-h", "redis"]));
        Assert.Equal((7, $"localhost:{port}\n", ""), await LinkAsync(home, "redis-server:cache", "--", "sh", "-c", "echo $CACHE_HOST:$CACHE_PORT; exit 7"));
    }

    [Fact]
    public async Task Bad_input_gets_one_line_and_dockers_exit_codes()
    {
        var home = AppHostProcess.NewHome();
        Directory.CreateDirectory(Path.Combine(home, "run"));
        Assert.Matches("^link: the AppHost at .* is not running; start it with: .*\n$", (await LinkAsync(home, "redis-server:redis", "env")).Error);

        await using var host = AppHostProcess.Start(home, Stores.RedisServer());
        await host.FirstAnswerAsync(await host.CounterAsync(await host.LoginAsync()));

        Assert.Equal((125, "", "link: there is no resource 'nosuch' to link to; there is 'redis-server'.\n"), await LinkAsync(home, "nosuch:redis", "env"));
        Assert.Equal((125, "", "link: 'counter' has no connection string and can't be linked to; there is 'redis-server'.\n"), await LinkAsync(home, "counter:x", "env"));
        Assert.Equal((127, "", "link: 'nosuchprogram' was not found on PATH.\n"), await LinkAsync(home, "redis-server:redis", "--", "nosuchprogram"));
        Assert.Equal(125, (await LinkAsync(home, "redis-server:a:b", "env")).ExitCode);
    }

    private static Task<(int ExitCode, string Output, string Error)> LinkAsync(string home, params string[] arguments) => LinkAsync(home, "", arguments);

    private static async Task<(int ExitCode, string Output, string Error)> LinkAsync(string home, string input, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Root, "Link", "bin", "Debug", "net10.0", "link.dll"), .. arguments])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_RUNTIME_DIR"] = Path.Combine(home, "run");
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }

    [GeneratedRegex(@"^REDIS_PORT=(?<port>\d+)$", RegexOptions.Multiline)]
    private static partial Regex Port();
}
