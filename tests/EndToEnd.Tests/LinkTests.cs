using System.Diagnostics;
using Shared;

namespace EndToEnd.Tests;

/// <summary>What the tool says to bad input, with Docker's exit codes, and what another user gets from the AppHost.</summary>
public class LinkTests(LinkedApplication application)
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
        await ShellAsync($"chmod o+x {running.Host.Home} {running.Host.Home}/run {directory} && chmod o+rw {socket}");
        var answer = await ShellAsync(ask);
        await ShellAsync($"chmod o-x {running.Host.Home} {running.Host.Home}/run {directory}");

        Assert.Equal("""{"version":1,"type":"error","message":"this AppHost belongs to another user.","code":"forbidden"}""", answer);
    }

    private static async Task<string> ShellAsync(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.TrimEnd('\n');
    }
}
