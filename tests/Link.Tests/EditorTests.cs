using System.Diagnostics;
using Link.Cli;

namespace Link.Tests;

/// <summary>The prompt on a terminal of its own, key by key.</summary>
public sealed class EditorTests(RedisServer redis) : IAsyncDisposable
{
    private const string Left = "\x1b[D";
    private const string Up = "\x1b[A";
    private const string Home = "\x1b[H";
    private const string End = "\x1b[F";

    private readonly AppHostSide _appHost = AppHostSide.Of(redis);
    private Process? _process;
    private TerminalReader? _terminal;
    private int _read;

    [Fact]
    public async Task A_line_can_be_edited_completed_recalled_and_searched()
    {
        await StartAsync();

        await TypeAsync("SET kex 5\r", "OK");

        // The cursor keys, and Ctrl+K for the rest of the line.
        await TypeAsync($"GET kex{Left}{Left}{Left}{Left}{Left}{Left}{Left}{Left}\x0b");
        await TypeAsync("ECHO wrold\x08\x08\x08\x08orld\r", "\"world\"");
        await TypeAsync($"O one{Home}ECH{End}-two\r", "\"one-two\"");

        // Completion, from what the server has; the next Tab shows the next one, Escape takes it back.
        await TypeAsync("strl\t kex\r", "(integer) 1");
        await TypeAsync("hgeta\t", "> HGETALL", prompt: false);
        await TypeAsync("\x1b", "> hgeta", prompt: false);
        await TypeAsync("\x15PING\r", "PONG");

        // The line before the last one, then the search for an older one.
        await TypeAsync($"{Up}{Up}\r", "(integer) 1");
        await TypeAsync("\x12one-\r", "\"one-two\"");

        await TypeAsync("QUIT\r");
        Assert.Equal(0, await _terminal!.EndAsync());
        Assert.Contains("ECHO one-two", await File.ReadAllLinesAsync(HistoryFile));
    }

    [Theory]
    [InlineData("QUIT\r")]
    [InlineData("exit\r")]
    [InlineData("\x04")]
    public async Task It_is_left_by(string keys)
    {
        await StartAsync();

        await TypeAsync(keys);

        Assert.Equal(0, await _terminal!.EndAsync());
    }

    [Fact]
    public async Task Ctrl_C_ends_what_streams_and_not_the_session()
    {
        await StartAsync();

        await TypeAsync("SUBSCRIBE news\r", "Reading messages... (press Ctrl-C to quit)", prompt: false);
        _read = await _terminal!.UntilAsync("(integer) 1", _read);
        await TypeAsync("\x03", "\n");
        await TypeAsync("PING\r", "PONG");
        await TypeAsync("MONITOR\r", "OK", prompt: false);
        await TypeAsync("\x03", "\n");
        await TypeAsync("BLPOP nosuch 0\r");
        await UntilBlockedAsync();
        await TypeAsync("\x03", "\n");
        await TypeAsync("AUTH nobody secret-word\r", "(error) WRONGPASS");
        await TypeAsync("\x04");

        Assert.Equal(0, await _terminal.EndAsync());
        Assert.DoesNotContain("secret-word", await File.ReadAllTextAsync(HistoryFile), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(HistoryFile));
    }

    [Fact]
    public async Task A_link_that_is_gone_is_said_at_the_prompt_and_does_not_end_it()
    {
        var requests = 0;
        await using var appHost = new AppHostSide(request =>
            [requests++ == 1
                ? """{"version":1,"type":"error","code":"not-running","message":"it stopped."}"""
                : AppHostSide.Line(new() { Type = "link", Link = AppHostSide.Link(request, redis.Port) })]);
        await StartAsync(appHost);

        await TypeAsync("CLIENT KILL TYPE normal SKIPME no\r", "(integer)");
        await TypeAsync("PING\r", $"Could not connect to Redis at redis:{redis.Port}: it stopped.", prompt: false);
        _read = await _terminal!.UntilAsync("not connected> ", _read);
        await TypeAsync("PING\r", "PONG");
        await TypeAsync("QUIT\r");

        Assert.Equal(0, await _terminal!.EndAsync());
    }

    [Fact]
    public void A_character_of_two_units_is_moved_over_and_deleted_as_one()
    {
        var line = new LineBuffer();
        line.Set("a\U0001F600b\U0001F601");

        line.Backspace();
        line.Move(-1);
        line.Backspace();
        Assert.Equal(("ab", 1), (line.Text, line.Cursor));

        line.Set("\U0001F600c");
        line.MoveToStart();
        line.Delete();
        Assert.Equal(("c", 0), (line.Text, line.Cursor));
    }

    [Theory]
    [InlineData("AUTH secret")]
    [InlineData("  auth user secret")]
    [InlineData("2 AUTH secret")]
    [InlineData("\"AUTH\" secret")]
    [InlineData("HELLO 3 AUTH user secret")]
    [InlineData("ACL SETUSER user >secret")]
    [InlineData("config set maxmemory 1 requirepass secret")]
    [InlineData("CONFIG  SET masterauth secret")]
    [InlineData("SENTINEL SET main auth-pass secret")]
    public void A_line_with_a_password_is_not_kept(string line)
    {
        var history = new LineHistory(file: null);

        history.Add("GET auth");
        history.Add(line);

        Assert.Equal(["GET auth"], history.Lines);
    }

    [Fact]
    public async Task The_prompt_tells_the_database_and_an_open_transaction()
    {
        await StartAsync();

        await TypeAsync("SELECT 3\r", $"redis:{redis.Port}[3]> ", prompt: false);
        await TypeAsync("MULTI\r", $"redis:{redis.Port}[3](TX)> ", prompt: false);
        await TypeAsync("DISCARD\r", $"redis:{redis.Port}[3]> ", prompt: false);
        await TypeAsync("QUIT\r");

        Assert.Equal(0, await _terminal!.EndAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
        }

        _process?.Dispose();
        await _appHost.DisposeAsync();
    }

    private string HistoryFile => Path.Combine(_appHost.Runtime, "link", "redis-cli-history");

    private async Task UntilBlockedAsync()
    {
        for (var tries = 0; tries < 300; tries++)
        {
            var info = await Running.ProgramAsync(_appHost.Runtime, ["redis-cli", "-p", $"{redis.Port}", "INFO", "clients"]);
            if (info.Output.Contains("blocked_clients:1", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("The command does not block.");
    }

    private async Task StartAsync(AppHostSide? appHost = null)
    {
        _process = Running.Start((appHost ?? _appHost).Runtime, Running.OnTerminal($"{string.Join(' ', Running.Tool)} redis-server:redis redis-cli -h redis"));
        _terminal = new TerminalReader(_process);
        _read = await _terminal.UntilAsync($"redis:{redis.Port}> ");
    }

    /// <summary>Types the keys and waits for what they must bring, and for the next prompt.</summary>
    private async Task TypeAsync(string keys, string? answer = null, bool prompt = true)
    {
        await _process!.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
        if (answer is not null)
        {
            _read = await _terminal!.UntilAsync(answer, _read);
        }

        if (prompt && answer is not null)
        {
            _read = await _terminal!.UntilAsync($"redis:{redis.Port}> ", _read);
        }
    }
}
