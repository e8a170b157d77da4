using System.Text.RegularExpressions;
using Shared;

namespace Link.Tests;

/// <summary>The tool's redis-cli beside Debian's, against the same store: what both print is compared line by line.</summary>
public sealed partial class RedisCliSessionTests(RedisServer redis) : IAsyncDisposable
{
    private readonly AppHostSide _appHost = AppHostSide.Of(redis);

    // Each line is a command; both programs get the same file on standard input.
    private const string Session = """
        FLUSHALL
        PING
        ping "hello world"
        SET greeting 'hi there'
        GET greeting
        GET nosuch
        INCR n
        DECRBY n 100
        INCRBYFLOAT f 0.5
        INCR greeting
        NOSUCH command
        GET
        LPUSH greeting x
        SET quotes "say \"hi\" it's \\ done"
        GET quotes
        SET single 'it\'s "quoted" \n not a newline'
        GET single
        SET binary "\x00\x01\xfe\xff\r\n\t\a\b\x7f"
        GET binary
        SET umlaut "größe 漢字"
        GET umlaut
        SET empty ""
        GET empty
        GET "unbalanced
        SET a"b c
        "PING"
        "p""q"

           PING
        3 INCR n
        0 INCR n
        -1 INCR n
        2
        RPUSH list a "" "b c" 12 "\n" x y z 1 2 3
        LRANGE list 0 -1
        LRANGE list 5 1
        LRANGE nosuch 0 -1
        MGET greeting nosuch n list
        HSET ip ::ffff:127.0.0.1 3 ::ffff:10.0.0.1 1
        HGETALL ip
        HGETALL nosuch
        SADD set only
        SMEMBERS set
        ZADD board 1 one 2.5 two
        ZRANGE board 0 -1 WITHSCORES
        ZSCORE board two
        EVAL "return {1,{2,{3,'four',{}},false},{'five'},redis.error_reply('ERR six'),redis.status_reply('seven')}" 0
        EVAL "return {}" 0
        EVAL "return {{},{{}}}" 0
        EVAL "return {{{1,2},{3}},{{4}}}" 0
        EVAL "return redis.error_reply('MY own')" 0
        EVAL "local t = {} for i = 1, 120 do t[i] = {i, 'v' .. i} end return t" 0
        EVAL "return string.rep('0123456789', 100000)" 0
        EVAL "local t = {} for i = 1, 5000 do t[i] = i end return t" 0
        TYPE greeting
        TTL greeting
        OBJECT ENCODING n
        EXISTS greeting nosuch
        SCAN 0 MATCH greet* COUNT 1000
        COMMAND COUNT
        COMMAND INFO get nosuch
        CONFIG GET maxmemory-policy
        XADD log 1-1 field value
        XRANGE log - +
        MULTI
        INCR n
        GET
        EXEC
        MULTI
        INCR n
        LPUSH n x
        EXEC
        MULTI
        DISCARD
        EXEC
        SELECT 5
        SET other 1
        DBSIZE
        SELECT 99
        SELECT 0
        CLIENT GETNAME
        GEOADD places 13.361389 38.115556 Palermo
        GEOPOS places Palermo nosuch
        WAIT 0 10
        LOLWUT VERSION 1
        INFO keyspace
        MEMORY DOCTOR
        latency doctor
        CLUSTER INFO
        ACL LIST
        OBJECT HELP
        ECHO last
        QUIT
        ECHO never
        """;

    // No big number: Debian's redis-cli gives up on it.
    private const string Resp3Session = """
        FLUSHALL
        HSET h a 1 b 2
        HGETALL h
        HGETALL nosuch
        SADD s only
        SMEMBERS s
        SMEMBERS nosuch
        ZADD z 1 one 2.5 two
        ZRANGE z 0 -1 WITHSCORES
        ZSCORE z two
        GET nosuch
        INCRBYFLOAT f 1.5
        DEBUG PROTOCOL string
        DEBUG PROTOCOL integer
        DEBUG PROTOCOL double
        DEBUG PROTOCOL null
        DEBUG PROTOCOL array
        DEBUG PROTOCOL set
        DEBUG PROTOCOL map
        DEBUG PROTOCOL true
        DEBUG PROTOCOL false
        DEBUG PROTOCOL verbatim
        CONFIG GET maxmemory*
        EVAL "redis.setresp(3); return {redis.call('HGETALL','h'), {redis.call('SMEMBERS','s'), true}}" 0
        COMMAND INFO get
        EVAL "redis.setresp(3) return {{map={k={{1,2}}}}, {map={k={{map={a=1}}}}}, {map={k={map={a={1,2}}}}}, {map={k={1}}}, {map={k={{}}}}}" 0
        EVAL "redis.setresp(3) return {map={k={verbatim_string={format='txt',string='two\nlines'}}}}" 0
        EVAL "redis.setresp(3) return {{map={q={map={}}}}, redis.call('HGETALL','h'), {map={arr={1,2}}}, {map={set={set={[1]=true}}}}}" 0
        LOLWUT VERSION 1
        NOSUCH
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_session_prints_what_Debians_redis_cli_prints(bool terminal) => CompareAsync(Session, "", terminal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task So_does_one_in_RESP3(bool terminal) => CompareAsync(Resp3Session, "-3", terminal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task So_does_one_that_changes_to_RESP3_by_itself(bool terminal) => CompareAsync("HELLO 3 SETNAME x\nCLIENT GETNAME\nCONFIG GET maxmemory\n", "", terminal);

    [Theory]
    [InlineData("SET raw \"a\u00ff\u00fe\\x00b\"\nGET raw\nECHO \"two\rlines\"\nECHO last")]
    [InlineData("\u00ef\u00bb\u00bfPING\r\nPING\r\n")]
    public async Task Standard_input_is_bytes(string latin1)
    {
        var real = await Running.ProgramAsync(_appHost.Runtime, ["sh", "-c", $"exec {redis.Client} --no-raw"], latin1);
        var ours = await Running.ProgramAsync(_appHost.Runtime, ["sh", "-c", $"exec {Ours} --no-raw"], latin1);

        Assert.Equal(real, ours);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_server_tells_unasked_is_no_reply(bool terminal)
    {
        // The client's own write invalidates what it has read: the remark comes before the reply.
        const string input = "FLUSHALL\nCLIENT TRACKING ON\nGET tracked\nSET tracked 1\nECHO next\n";
        await CompareAsync(input, "-3", terminal);
    }

    [Theory]
    [InlineData("-a wrong PING", 0)]
    [InlineData("-a wrong --no-auth-warning PING", 0)]
    [InlineData("NOSUCH", 0)]
    [InlineData("-e NOSUCH", 1)]
    [InlineData("-n 3 SET where three", 0)]
    [InlineData("-n 3 GET where", 0)]
    [InlineData("--no-raw EVAL \"return {1,{2}}\" 0", 0)]
    [InlineData("-r 3 ECHO again", 0)]
    [InlineData("-x SET from-input", 0)]
    [InlineData("GET from-input", 0)]
    public async Task A_command_in_the_arguments_prints_and_ends_as_with_Debians(string arguments, int exitCode)
    {
        var real = await Running.ProgramAsync(_appHost.Runtime, ["sh", "-c", $"{redis.Client} {arguments}"], "typed\ntext");
        var ours = await Running.ProgramAsync(_appHost.Runtime, ["sh", "-c", $"{Ours} {arguments}"], "typed\ntext");

        Assert.Equal(real, ours);
        Assert.Equal(exitCode, ours.ExitCode);
    }

    [Theory]
    [InlineData("SUBSCRIBE news weather", "PUBLISH news \"one two\"\nPUBLISH weather 3\nPUBLISH news end-of-stream\n")]
    [InlineData("PSUBSCRIBE n*", "PUBLISH news one\nPUBLISH news end-of-stream\n")]
    [InlineData("MONITOR", "ECHO \"a \\\"b\\\"\"\nECHO end-of-stream\n")]
    public async Task Streams_go_on_until_Ctrl_C(string command, string others)
    {
        var real = await StreamAsync(redis.Client, command, others);
        var ours = await StreamAsync(Ours, command, others);

        Assert.Equal(Lines(real.Output), Lines(ours.Output));
        Assert.Equal(130, ours.ExitCode);
        Assert.Equal(real.ExitCode, ours.ExitCode);
    }

    [Fact]
    public async Task A_store_that_is_gone_is_said_in_redis_clis_words_with_its_exit_code()
    {
        var port = FreePort.Next();
        await using var appHost = new AppHostSide(_ => [AppHostSide.Line(new() { Type = "link", Link = new() { Source = "a", Alias = "b", Id = "0", Host = "localhost", Address = "127.0.0.1", Port = port, Environment = [] } })]);

        var real = await Running.ProgramAsync(appHost.Runtime, ["redis-cli", "-h", "127.0.0.1", "-p", $"{port}", "PING"]);
        var ours = await Running.LinkAsync(appHost.Runtime, "a:b", "redis-cli", "-h", "b", "PING");

        Assert.Equal((1, $"Could not connect to Redis at 127.0.0.1:{port}: Connection refused\n"), (real.ExitCode, real.Error));
        Assert.Equal((1, $"Could not connect to Redis at b:{port}: Connection refused\n"), (ours.ExitCode, ours.Error));
    }

    public ValueTask DisposeAsync() => _appHost.DisposeAsync();

    private string Ours => $"{string.Join(' ', Running.Tool)} redis-server:redis redis-cli -h redis";

    private async Task CompareAsync(string session, string options, bool terminal)
    {
        var file = Path.Combine(_appHost.Runtime, "session");
        await File.WriteAllTextAsync(file, session.ReplaceLineEndings("\n"));
        async Task<Outcome> RunAsync(string program)
        {
            var command = $"{program} {options} < {file}";
            return await Running.ProgramAsync(_appHost.Runtime, terminal ? Running.OnTerminal(command) : ["sh", "-c", command]);
        }

        var (real, ours) = (await RunAsync(redis.Client), await RunAsync(Ours));

        Assert.Equal(Lines(real.Output), Lines(ours.Output));
        Assert.Equal((real.ExitCode, real.Error), (ours.ExitCode, ours.Error));
    }

    /// <summary>Runs a command that streams on a terminal, lets another client do something, presses Ctrl+C once that has been printed.</summary>
    private async Task<Outcome> StreamAsync(string program, string command, string others)
    {
        using var process = Running.Start(_appHost.Runtime, Running.OnTerminal($"{program} --no-raw {command}"));
        var terminal = new TerminalReader(process);
        await terminal.UntilAsync(command == "MONITOR" ? "OK" : "(integer)");
        await Running.ProgramAsync(_appHost.Runtime, ["sh", "-c", $"exec {redis.Client}"], others);
        await terminal.UntilAsync("end-of-stream");
        await process.StandardInput.WriteAsync('\x03');
        await process.StandardInput.FlushAsync();
        return new(await terminal.EndAsync(), terminal.Text, "");
    }

    private static string[] Lines(string output) => Volatile().Replace(RedisCli.LessSlowness(output), "…").Split('\n');

    /// <summary>The number of a connection in the answer to HELLO; time and address in a line of MONITOR.</summary>
    [GeneratedRegex(@"(?<=\bid""? (=> \(integer\) )?)\d+|^\d+\.\d+ \[0 \S+\]", RegexOptions.Multiline)]
    private static partial Regex Volatile();
}
