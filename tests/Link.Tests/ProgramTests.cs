using System.Globalization;
using Shared;

namespace Link.Tests;

/// <summary>A program in the environment of a link: it is as if it had been started without the tool.</summary>
public sealed class ProgramTests(RedisServer redis) : IAsyncDisposable
{
    private readonly AppHostSide _appHost = AppHostSide.Of(redis);

    [Fact]
    public async Task It_gets_the_variables_its_arguments_and_standard_input_and_its_code_comes_back()
    {
        var outcome = await Running.ProgramAsync(
            _appHost.Runtime,
            [.. Running.Tool, "redis-server:cache", "--", "sh", "-c", "echo $CACHE_HOST:$CACHE_PORT \"$@\"; cat; echo oops >&2; exit 42", "sh", "a b", "*"],
            "input");

        Assert.Equal(new Outcome(42, $"localhost:{redis.Port} a b *\ninput", "oops\n"), outcome);
    }

    [Fact]
    public async Task A_variable_that_is_no_text_stays_what_it_is()
    {
        var outcome = await Running.ProgramAsync(_appHost.Runtime, ["sh", "-c", $"ODD=$(printf 'x\\377') exec {Tool} a:b -- sh -c 'printf %s \"$ODD\"'"]);

        Assert.Equal(new Outcome(0, "x\u00ff", ""), outcome);
    }

    [Fact]
    public async Task Its_terminal_is_untouched()
    {
        const string program = "stty -a; test -t 0 && test -t 1 && test -t 2 && echo three terminals";
        var plain = await Running.ProgramAsync(_appHost.Runtime, Running.OnTerminal($"sh -c '{program}'"));
        var linked = await Running.ProgramAsync(_appHost.Runtime, Running.OnTerminal($"{Tool} a:b -- sh -c '{program}'"));

        Assert.Contains("three terminals", plain.Output, StringComparison.Ordinal);
        Assert.Equal(plain, linked);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_signal_reaches_it(string signal, int exitCode)
    {
        using var process = Running.Start(_appHost.Runtime, [.. Running.Tool, "a:b", "--", "sh", "-c", "echo started; exec sleep 300"]);
        Assert.Equal("started", await process.StandardOutput.ReadLineAsync());

        await Running.ProgramAsync(_appHost.Runtime, ["kill", "-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]);

        // .NET tells a death by a signal as a shell does.
        Assert.Equal(exitCode, (await Running.EndAsync(process)).ExitCode);
    }

    [Fact]
    public async Task Ctrl_C_on_its_terminal_is_its_own_affair()
    {
        using var process = Running.Start(_appHost.Runtime, Running.OnTerminal($"{Tool} a:b -- sh -c 'trap \"echo caught; exit 7\" INT; echo ready; while :; do sleep 0.1; done'"));
        var terminal = new TerminalReader(process);
        await terminal.UntilAsync("ready");

        await process.StandardInput.WriteAsync('\x03');
        await process.StandardInput.FlushAsync();

        Assert.Equal(7, await terminal.EndAsync());
        Assert.Contains("caught", terminal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_that_nobody_reads_any_more_ends_it()
    {
        var outcome = await Running.ProgramAsync(_appHost.Runtime, ["bash", "-c", $"{Tool} a:b -- yes | head -n 1; echo ${{PIPESTATUS[0]}}; {Tool} a:b redis-cli -r -1 PING | head -n 1; echo ${{PIPESTATUS[0]}}"]);

        Assert.Equal("y\n141\nPONG\n141\n", outcome.Output);
    }

    [Fact]
    public async Task One_that_is_not_there_or_can_t_be_run_gives_the_codes_of_a_shell()
    {
        await File.WriteAllTextAsync(Path.Combine(_appHost.Runtime, "plain"), "text");

        Assert.Equal(new Outcome(127, "", "link: 'nosuchprogram' was not found on PATH.\n"), await Running.LinkAsync(_appHost.Runtime, "a:b", "--", "nosuchprogram"));
        Assert.Equal(new Outcome(127, "", "link: './nosuchprogram' was not found.\n"), await Running.LinkAsync(_appHost.Runtime, "a:b", "--", "./nosuchprogram"));
        Assert.Equal(new Outcome(127, "", "link: '' was not found on PATH.\n"), await Running.LinkAsync(_appHost.Runtime, "a:b", "--", ""));
        Assert.Equal(new Outcome(126, "", "link: './plain' can't be run: Permission denied\n"), await Running.LinkAsync(_appHost.Runtime, "a:b", "--", "./plain"));
    }

    [Fact]
    public async Task With_hosts_the_names_resolve_for_it_and_for_nobody_else()
    {
        await RequireNamespacesAsync();

        var outcome = await Running.LinkAsync(_appHost.Runtime, "--hosts", "redis-server:redis", "--", "sh", "-c", "head -n 1 /etc/hosts; getent hosts redis 0123456789ab redis-server; id -u; exit 5");

        var user = (await Running.ProgramAsync(_appHost.Runtime, ["id", "-u"])).Output;
        var entry = "127.0.0.1       redis 0123456789ab redis-server\n";
        Assert.Equal(new Outcome(5, $"127.0.0.1\tredis 0123456789ab redis-server\n{entry}{entry}{entry}{user}", ""), outcome);
        Assert.DoesNotContain("0123456789ab", await File.ReadAllTextAsync("/etc/hosts"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_appHost.Runtime, "link-hosts-*"));
    }

    [Fact]
    public async Task With_hosts_the_systems_own_ping_finds_the_alias()
    {
        await RequireNamespacesAsync();
        Tools.Require("ping");

        var outcome = await Running.LinkAsync(_appHost.Runtime, "--hosts", "redis-server:redis", "--", "ping", "-c", "1", "redis");

        Assert.StartsWith("PING redis (127.0.0.1)", outcome.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public async Task A_user_without_privileges_gets_the_names_through_a_user_namespace()
    {
        var (asNobody, nobody) = await OtherUser.BecomeAsync(_appHost.Runtime);
        if ((await Running.ProgramAsync(_appHost.Runtime, [.. asNobody, "unshare", "--user", "--map-current-user", "true"])).ExitCode != 0)
        {
            Assert.Skip("This system has no user namespaces for users without privileges.");
        }

        await Running.ProgramAsync(_appHost.Runtime, ["chown", "-R", nobody, _appHost.Runtime]);

        var outcome = await Running.ProgramAsync(_appHost.Runtime, [.. asNobody, .. OtherUser.Tool(_appHost.Runtime), "--hosts", "redis-server:redis", "--", "sh", "-c", "getent hosts redis; id -u; grep CapEff /proc/self/status"]);

        Assert.Equal(new Outcome(0, $"127.0.0.1       redis 0123456789ab redis-server\n{nobody}\nCapEff:\t0000000000000000\n", ""), outcome);
    }

    [Fact]
    public async Task Where_there_are_no_namespaces_hosts_is_one_clear_line()
    {
        Tools.Require(OperatingSystem.IsLinux(), "Elsewhere there never are any.");
        var bin = Directory.CreateDirectory(Path.Combine(_appHost.Runtime, "bin")).FullName;

        var outcome = await Running.ProgramAsync(_appHost.Runtime, ["env", $"PATH={bin}", Tools.Require("dotnet"), Running.Tool[1], "--hosts", "a:b", "--", "true"]);

        Assert.Equal(new Outcome(125, "", "link: --hosts needs Linux with user namespaces, which are not to be had here: unshare (of util-linux) is not on PATH\n"), outcome);
    }

    public ValueTask DisposeAsync() => _appHost.DisposeAsync();

    private static string Tool => string.Join(' ', Running.Tool);

    private async Task RequireNamespacesAsync()
    {
        Tools.Require("unshare");
        var isRoot = Environment.IsPrivilegedProcess;
        string[] way = isRoot ? ["unshare", "--mount", "true"] : ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount", "true"];
        Tools.Require((await Running.ProgramAsync(_appHost.Runtime, way)).ExitCode == 0, "This system has no mount namespaces for this user.");
    }
}
