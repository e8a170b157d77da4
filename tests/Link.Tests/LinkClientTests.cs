using System.Net.Sockets;
using Link.Protocol;

namespace Link.Tests;

/// <summary>How the tool finds an AppHost and what it makes of its answers. Whatever goes wrong is one line and exit code 125.</summary>
public sealed class LinkClientTests : IDisposable
{
    private readonly string _runtime = Directory.CreateTempSubdirectory("link-client-").FullName;

    [Fact]
    public async Task Without_an_AppHost_it_says_how_to_start_one() =>
        Assert.Equal(Error("no AppHost is running; start one with: dotnet run --project AppHost"), await Running.LinkAsync(_runtime, "redis-server:redis", "env"));

    [Fact]
    public async Task A_socket_left_behind_by_a_killed_AppHost_is_none()
    {
        var directory = Directory.CreateDirectory(Path.Combine(_runtime, "aspire-links"));
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory.FullName, "0123456789abcdef-1.sock")));
        }

        await Running.ProgramAsync(_runtime, ["chmod", "700", directory.FullName]);

        Assert.StartsWith("link: no AppHost is running", (await Running.LinkAsync(_runtime, "--list")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_AppHost_that_is_named_and_is_not_there_or_does_not_run_is_said()
    {
        var directory = Directory.CreateDirectory(Path.Combine(_runtime, "My.AppHost"));
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "My.AppHost.csproj"), "<Project />");

        Assert.Equal(Error($"there is no AppHost at {_runtime}/nosuch."), await Running.LinkAsync(_runtime, "--apphost", "nosuch", "--list"));
        var notRunning = Error($"the AppHost at {directory.FullName} is not running; start it with: dotnet run --project My.AppHost");
        Assert.Equal(notRunning, await Running.LinkAsync(_runtime, "--apphost", "My.AppHost", "--list"));
        Assert.Equal(notRunning, await Running.LinkAsync(_runtime, "--apphost", "My.AppHost/My.AppHost.csproj", "--list"));

        await File.WriteAllTextAsync(Path.Combine(_runtime, "aspire.config.json"), """{ "appHost": { "path": "My.AppHost/My.AppHost.csproj" } }""");
        Assert.Equal(notRunning, await Running.LinkAsync(_runtime, "--list"));
        Assert.Equal(notRunning, await Running.LinkAsync(_runtime, "--apphost", ".", "--list"));
    }

    [Fact]
    public async Task Of_several_AppHosts_one_has_to_be_named()
    {
        await using var one = new AppHostSide(_ => [], _runtime);
        await using var other = new AppHostSide(_ => [], _runtime);

        Assert.Equal(Error("several AppHosts are running; say which with --apphost PATH."), await Running.LinkAsync(_runtime, "--list"));
    }

    [Fact]
    public async Task Sockets_in_a_directory_of_another_user_are_not_trusted()
    {
        await using var appHost = new AppHostSide(_ => [], _runtime);
        var (_, other) = await OtherUser.BecomeAsync(_runtime);
        var directory = Path.Combine(_runtime, "aspire-links");
        await Running.ProgramAsync(_runtime, ["chown", other, directory]);

        Assert.Equal(Error($"{directory} belongs to another user (uid {other}), not to you (uid 0)."), await Running.LinkAsync(_runtime, "--list"));
    }

    [Fact]
    public async Task Another_user_can_t_reach_the_AppHost()
    {
        await using var appHost = new AppHostSide(_ => [], _runtime);
        var (asOther, other) = await OtherUser.BecomeAsync(_runtime);

        var outcome = await Running.ProgramAsync(_runtime, [.. asOther, .. OtherUser.Tool(_runtime), "--list"]);

        Assert.Equal(Error($"{_runtime}/aspire-links belongs to another user (uid 0), not to you (uid {other})."), outcome);
        Assert.Empty(appHost.Requests);
    }

    [Fact]
    public async Task The_runtime_directory_of_another_user_is_said_to_be_his()
    {
        await using var appHost = new AppHostSide(_ => [], _runtime);
        var (asOther, _) = await OtherUser.BecomeAsync(_runtime);
        var closed = Directory.CreateDirectory(Path.Combine(_runtime, "closed")).FullName;
        await Running.ProgramAsync(_runtime, ["chmod", "700", closed]);

        // As after su, which keeps the variable.
        var outcome = await Running.ProgramAsync(_runtime, ["env", $"XDG_RUNTIME_DIR={closed}", .. asOther, .. OtherUser.Tool(_runtime), "--list"]);

        Assert.Equal(Error($"{closed}/aspire-links belongs to another user."), outcome);
    }

    [Fact]
    public async Task A_current_directory_that_is_gone_is_one_line() =>
        Assert.Equal(
            Error("the current directory is gone or can't be read."),
            await Running.ProgramAsync(_runtime, ["sh", "-c", $"mkdir gone && cd gone && rmdir ../gone && exec {string.Join(' ', Running.Tool)} --list"]));

    [Fact]
    public async Task A_directory_that_others_can_open_or_that_is_a_link_is_not_trusted()
    {
        await using var appHost = new AppHostSide(_ => [], _runtime);
        var directory = Path.Combine(_runtime, "aspire-links");
        await Running.ProgramAsync(_runtime, ["chmod", "750", directory]);

        Assert.Equal(Error($"{directory} is open to other users; it must have mode 0700."), await Running.LinkAsync(_runtime, "--list"));

        Directory.Move(directory, Path.Combine(_runtime, "elsewhere"));
        Directory.CreateSymbolicLink(directory, Path.Combine(_runtime, "elsewhere"));
        Assert.Equal(Error($"{directory} is a symbolic link; remove it."), await Running.LinkAsync(_runtime, "--list"));
    }

    [Fact]
    public async Task The_requests_are_those_of_the_documentation()
    {
        await using var appHost = new AppHostSide(_ => ["""{"version":1,"type":"error","code":"x","message":"no."}"""], _runtime);

        await Running.LinkAsync(_runtime, "--list");
        Assert.Equal(Error("no."), await Running.LinkAsync(_runtime, "--timeout", "2.5", "redis-server:redis", "env"));

        Assert.Equal(
            ["""{"version":1,"operation":"list","timeout":0}""", """{"version":1,"operation":"link","source":"redis-server","alias":"redis","timeout":2.5}"""],
            appHost.Requests);
    }

    [Theory]
    [InlineData("not JSON", "the AppHost's answer makes no sense: ")]
    [InlineData("""{"version":1,"type":"link"}""", "the AppHost's answer has no link; is it of another version?")]
    [InlineData("""{"version":1,"type":"error","code":"unsupported-version","message":"this AppHost speaks version 2 of the link protocol, not 1."}""", "this AppHost speaks version 2 of the link protocol, not 1.")]
    public async Task An_answer_without_a_link_is_one_line(string answer, string message)
    {
        await using var appHost = new AppHostSide(_ => [answer], _runtime);

        var outcome = await Running.LinkAsync(_runtime, "redis-server:redis", "env");

        Assert.Equal((125, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"link: {message}", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(1, outcome.Error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task An_answer_longer_than_the_limit_is_not_read_to_its_end()
    {
        await using var appHost = new AppHostSide(_ => [new string(' ', LinkProtocol.LongestResponse + 1)], _runtime);

        Assert.Equal(Error($"the AppHost's answer makes no sense: a line is longer than {LinkProtocol.LongestResponse} bytes"), await Running.LinkAsync(_runtime, "--list"));
    }

    [Fact]
    public async Task What_the_AppHost_waits_for_is_told_on_standard_error_until_the_answer_comes()
    {
        await using var appHost = new AppHostSide(
            _ => [.. Enumerable.Repeat("""{"version":1,"type":"progress","message":"waiting for 'redis-server' to run (state: Starting)"}""", 2), """{"version":1,"type":"list","resources":[{"name":"redis-server","type":"Container","state":"Running"}]}"""],
            _runtime);

        var outcome = await Running.LinkAsync(_runtime, "--list");

        Assert.Equal(
            new Outcome(0, "NAME           TYPE        STATE     HEALTH\nredis-server   Container   Running   -\n", "link: waiting for 'redis-server' to run (state: Starting)\n"),
            outcome);
    }

    public void Dispose()
    {
        if (Directory.Exists(_runtime))
        {
            Directory.Delete(_runtime, recursive: true);
        }
    }

    private static Outcome Error(string message) => new(125, "", $"link: {message}\n");
}
