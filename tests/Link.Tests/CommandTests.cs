using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Link.Commands;
using Link.Protocol;
using Shared;

namespace Link.Tests;

/// <summary>What the commands print, for people and for programs.</summary>
public sealed partial class CommandTests(RedisServer redis) : IAsyncDisposable
{
    private readonly AppHostSide _appHost = AppHostSide.Of(redis);

    [Fact]
    public async Task Env_is_also_JSON()
    {
        var variables = JsonNode.Parse((await LinkAsync("redis-server:redis", "env", "--json")).Output)!;

        Assert.Equal(RedisServer.Password, (string?)variables["REDIS_PASSWORD"]);
        Assert.Equal(redis.Port.ToString(CultureInfo.InvariantCulture), (string?)variables["REDIS_PORT"]);
    }

    [Fact]
    public async Task Hosts_is_Dockers_line_or_JSON()
    {
        Assert.Equal("127.0.0.1\tredis 0123456789ab redis-server\n", (await LinkAsync("redis-server:redis", "hosts")).Output);
        Assert.Equal("127.0.0.1\tredis-server 0123456789ab\n", (await LinkAsync("redis-server", "cat", "/etc/hosts")).Output);
        Assert.Equal("""{"address":"127.0.0.1","names":["redis","0123456789ab","redis-server"]}""" + "\n", (await LinkAsync("--json", "redis-server:redis", "hosts")).Output);
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("0123456789AB")]
    public async Task Ping_answers_to_each_name_of_the_link_like_ping_and_says_that_it_is_not_ICMP(string name)
    {
        var outcome = await LinkAsync("redis-server:redis", "ping", "-c", "2", "-i", "0.01", "-W", "60", name);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(
            $"""
            PING {name} (localhost:PORT): connect and Redis PING over TCP, not ICMP
            PONG from {name} (localhost:PORT): seq=1 connect=N ms time=N ms
            PONG from {name} (localhost:PORT): seq=2 connect=N ms time=N ms

            --- {name} ping statistics ---
            2 requests sent, 2 answered, 0% lost, time Nms
            rtt min/avg/max = N/N/N ms

            """,
            Number().Replace(outcome.Output.Replace($":{redis.Port}", ":PORT", StringComparison.Ordinal), "N"));
    }

    [Fact]
    public async Task Ping_is_also_JSON_line_by_line()
    {
        var lines = (await LinkAsync("redis-server:redis", "ping", "-c", "1", "-W", "60", "redis", "--json")).Output.Split('\n');

        Assert.Equal(1, (int?)JsonNode.Parse(lines[0])!["seq"]);
        Assert.True((double?)JsonNode.Parse(lines[0])!["pingMs"] > 0);
        Assert.Equal("""{"sent":1,"answered":1}""", lines[1]);
    }

    [Fact]
    public async Task Ping_of_nobody_gives_code_1_and_of_an_unknown_name_code_2()
    {
        var port = FreePort.Next();
        await using var appHost = new AppHostSide(_ => [AppHostSide.Line(new() { Type = "link", Link = new() { Source = "a", Alias = "b", Id = "0", Host = "localhost", Address = "127.0.0.1", Port = port, Environment = [] } })]);

        var nobody = await Running.LinkAsync(appHost.Runtime, "a:b", "ping", "-c", "1", "-W", "60", "b");
        var unknown = await LinkAsync("redis-server:redis", "ping", "-c", "1", "nosuch");

        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains($"From b (localhost:{port}): seq=1 Connection refused\n", nobody.Output, StringComparison.Ordinal);
        Assert.Contains("1 requests sent, 0 answered, 100% lost", nobody.Output, StringComparison.Ordinal);
        Assert.Equal(new Outcome(2, "", "ping: nosuch: the link has no such name (it has redis, 0123456789ab, redis-server)\n"), unknown);
    }

    [Theory]
    [InlineData("127.0.0.1", 0, "1 answered")]
    [InlineData("127.0.0.2", 1, "RemoteCertificateNameMismatch")]
    public async Task A_store_with_TLS_has_to_show_a_certificate_for_its_host(string certifiedFor, int exitCode, string text)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=store", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(certifiedFor));
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var appHost = new AppHostSide(_ => [AppHostSide.Line(new() { Type = "link", Link = new() { Source = "a", Alias = "b", Id = "0", Host = "127.0.0.1", Address = "127.0.0.1", Port = port, Tls = true, Environment = [] } })]);
        var trusted = Path.Combine(appHost.Runtime, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        async Task AnswerAsync()
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = new SslStream(client.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(certificate);
                await stream.WriteAsync("+PONG\r\n"u8.ToArray());
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException)
            {
                // The tool turned away.
            }
        }

        var answering = AnswerAsync();
        var outcome = await Running.ProgramAsync(appHost.Runtime, ["env", $"SSL_CERT_FILE={trusted}", .. Running.Tool, "a:b", "ping", "-c", "1", "-W", "60", "b"]);
        await answering;

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(text, outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ping_without_a_number_goes_on_until_Ctrl_C_and_then_sums_up()
    {
        using var process = Running.Start(_appHost.Runtime, [.. Running.Tool, "redis-server:redis", "ping", "-i", "0.05", "-W", "60", "redis"]);
        var terminal = new TerminalReader(process);
        await terminal.UntilAsync("seq=3");

        await Running.ProgramAsync(_appHost.Runtime, ["kill", "-s", "INT", process.Id.ToString(CultureInfo.InvariantCulture)]);

        Assert.Equal(0, await terminal.EndAsync());
        Assert.Contains("0% lost", terminal.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--l", "--list")]
    [InlineData("redis-s", "redis-server")]
    [InlineData("redis-server:", "redis-server:redis")]
    [InlineData("redis-server:redis |", "env hosts cat ping redis-cli --")]
    [InlineData("--json --timeout 5 redis-server:redis pi", "ping")]
    [InlineData("redis-server:redis cat |", "/etc/hosts")]
    [InlineData("redis-server:redis ping -c 1 r", "redis redis-server")]
    [InlineData("redis-server:redis redis-cli -h |", "redis redis-server")]
    [InlineData("redis-server:redis redis-cli -|", "-h -p -n -r -i -x -e -2 -3 --raw --no-raw --user --help")]
    [InlineData("--completion |", "bash zsh fish pwsh")]
    [InlineData("--apphost |", "")]
    [InlineData("redis-server:redis -- |", "")]
    public async Task What_can_follow_is_suggested(string line, string expected)
    {
        var words = line.TrimEnd('|').Split(' ');

        Assert.Equal(expected, string.Join(' ', await Suggestions.ForAsync(words, _ => Task.FromResult<IReadOnlyList<LinkableResource>>([new("redis-server", "Container", null, null)]))));
    }

    [Fact]
    public async Task Sources_are_suggested_from_the_AppHost_that_is_named()
    {
        string? asked = null;

        await Suggestions.ForAsync(["--json", "--apphost", "../Other", ""], appHost =>
        {
            asked = appHost;
            return Task.FromResult<IReadOnlyList<LinkableResource>>([]);
        });

        Assert.Equal("../Other", asked);
    }

    [Fact]
    public async Task Zsh_completes()
    {
        await using var appHost = new AppHostSide(_ => ["""{"version":1,"type":"list","resources":[{"name":"redis-server","type":"Container"}]}"""]);

        // What takes the suggestions is part of the line editor, which there is only on a terminal.
        var script = """
            link() { TOOL "$@"; }
            compdef() { :; }
            compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -r -- "$@"; }
            _files() { print files; }
            eval "$(link --completion zsh)"
            complete() { words=("$@"); CURRENT=$#; _link; }
            complete link redis-s
            complete link redis-server:
            complete link redis-server:redis pi
            complete link redis-server:redis ''
            complete link redis-server:redis -- ./prog
            """.Replace("TOOL", string.Join(' ', Running.Tool), StringComparison.Ordinal);

        Assert.Equal(
            new Outcome(0, "redis-server\nredis-server:redis\nping\nenv hosts cat ping redis-cli --\nfiles\n", ""),
            await Running.ProgramAsync(appHost.Runtime, ["zsh", "-f", "-c", script]));
    }

    [Fact]
    public async Task Fish_completes()
    {
        await using var appHost = new AppHostSide(_ => ["""{"version":1,"type":"list","resources":[{"name":"redis-server","type":"Container"}]}"""]);
        await File.WriteAllTextAsync(Path.Combine(appHost.Runtime, "program"), "");
        var script = """
            function link; TOOL $argv; end
            link --completion fish | source
            for line in 'link redis-s' 'link redis-server:' 'link redis-server:redis pi' 'link redis-server:redis ' 'link redis-server:redis -- ./pro'
              echo (complete -C $line)
            end
            """.Replace("TOOL", string.Join(' ', Running.Tool), StringComparison.Ordinal);

        Assert.Equal(
            new Outcome(0, "redis-server\nredis-server:redis\nping\ncat env hosts ping redis-cli --\n./program\n", ""),
            await Running.ProgramAsync(appHost.Runtime, ["fish", "--no-config", "-c", script]));
    }

    [Fact]
    public async Task Bash_completes()
    {
        await using var appHost = new AppHostSide(_ => ["""{"version":1,"type":"list","resources":[{"name":"redis-server","type":"Container"}]}"""]);
        var script = """
            link() { TOOL "$@"; }
            eval "$(link --completion bash)"
            for COMP_LINE in 'link redis-s' 'link redis-server:' 'link redis-server:redis pi' 'link redis-server:redis cat '; do
              COMP_POINT=${#COMP_LINE} COMPREPLY=()
              _link
              echo "${COMPREPLY[*]}"
            done
            """.Replace("TOOL", string.Join(' ', Running.Tool), StringComparison.Ordinal);

        Assert.Equal(new Outcome(0, "redis-server\nredis\nping\n/etc/hosts\n", ""), await Running.ProgramAsync(appHost.Runtime, ["bash", "-c", script]));
    }

    [Fact]
    public async Task Help_has_examples_and_every_command()
    {
        var help = await LinkAsync("--help");

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        foreach (var text in (string[])["env", "hosts", "ping", "redis-cli", "--", "--list", "--json", "--apphost", "--timeout", "--hosts", "--completion", "Examples:", "Exit codes:"])
        {
            Assert.Contains(text, help.Output, StringComparison.Ordinal);
        }

        Assert.All(help.Output.Split('\n'), line => Assert.True(line.Length <= 110, line));
    }

    public ValueTask DisposeAsync() => _appHost.DisposeAsync();

    private Task<Outcome> LinkAsync(params string[] arguments) => Running.LinkAsync(_appHost.Runtime, arguments);

    [GeneratedRegex(@"\d+\.\d{3}|(?<=time )\d+(?=ms)")]
    private static partial Regex Number();
}
