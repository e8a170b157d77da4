using Link.Commands;

namespace Link.Tests;

public class InvocationParserTests
{
    [Fact]
    public void Dockers_form_is_source_alias_and_command()
    {
        var use = Use("redis-server:redis env");

        Assert.Equal(("redis-server", "redis"), (use.Source, use.Alias));
        Assert.IsType<PrintEnvironment>(use.Action);
        Assert.Equal(new LinkOptions(), use.Options);
    }

    [Fact]
    public void Without_an_alias_the_source_is_its_own() => Assert.Equal("redis-server", Use("redis-server env").Alias);

    [Theory]
    [InlineData("a:b hosts")]
    [InlineData("a:b cat /etc/hosts")]
    public void The_hosts_have_two_names(string line) => Assert.IsType<PrintHosts>(Use(line).Action);

    [Theory]
    [InlineData("--json a:b env")]
    [InlineData("a:b env --json")]
    [InlineData("a:b cat /etc/hosts --json")]
    [InlineData("a:b ping --json -c 1 b")]
    public void Json_stands_first_or_last(string line) => Assert.True(Use(line).Options.Json);

    [Theory]
    [InlineData("--apphost X --timeout 5 a:b env")]
    [InlineData("--timeout=5s --apphost=X a:b env")]
    public void Options_take_their_value_with_a_space_or_an_equals_sign(string line) =>
        Assert.Equal(new LinkOptions { AppHost = "X", Timeout = TimeSpan.FromSeconds(5) }, Use(line).Options);

    [Fact]
    public void Ping_has_the_options_of_ping()
    {
        Assert.Equal(new Ping("b", null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), Use("a:b ping b").Action);
        Assert.Equal(new Ping("b", 3, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(4)), Use("a:b ping -c3 -i 0.5 -W 4 b").Action);
    }

    [Fact]
    public void What_follows_redis_cli_or_two_dashes_is_not_links_own()
    {
        Assert.Equal(["KEYS", "--json"], Assert.IsType<RunRedisCli>(Use("a:b redis-cli -h b KEYS --json").Action).Options.Command);
        Assert.Equal(["env", "--json", "--", "-x"], Assert.IsType<RunProgram>(Use("--hosts a:b -- env --json -- -x").Action).Program);
    }

    [Theory]
    [InlineData("", typeof(ShowHelp))]
    [InlineData("--help", typeof(ShowHelp))]
    [InlineData("-h", typeof(ShowHelp))]
    [InlineData("--version", typeof(ShowVersion))]
    [InlineData("a:b redis-cli --help", typeof(ShowRedisCliHelp))]
    [InlineData("--list", typeof(ListResources))]
    [InlineData("--list --json", typeof(ListResources))]
    [InlineData("--apphost X --list", typeof(ListResources))]
    [InlineData("--completion bash", typeof(PrintCompletionScript))]
    [InlineData("--suggest --l", typeof(SuggestWords))]
    public void Without_a_link_there_is(string line, Type invocation) => Assert.IsType(invocation, InvocationParser.Parse(Words(line)));

    [Theory]
    [InlineData("--nosuch a:b env", "there is no option '--nosuch'")]
    [InlineData("--json=false --list", "there is no option '--json=false'")]
    [InlineData("a:b\n env", "'b\n' is not a name (letters, digits, '-', '_' and '.', at most 64)")]
    [InlineData("a", "what to do with 'a' is missing")]
    [InlineData("--json", "the source is missing")]
    [InlineData("a:b:c env", "'a:b:c' is not a link")]
    [InlineData(":b env", "':b' is not a link")]
    [InlineData("a: env", "'a:' is not a link")]
    [InlineData("a:b/c env", "'b/c' is not a name (letters, digits, '-', '_' and '.', at most 64)")]
    [InlineData("a:b nosuch -x", "'nosuch' is not one of env, hosts, ping, redis-cli (to run a program: link a:b -- nosuch -x)")]
    [InlineData("a:b cat /etc/passwd", "'cat' is not one of env, hosts, ping, redis-cli (to run a program: link a:b -- cat /etc/passwd)")]
    [InlineData("a:b env FOO", "'env' takes no 'FOO' (to run a program: link a:b -- env FOO)")]
    [InlineData("a:b --", "the program after '--' is missing")]
    [InlineData("--json a:b -- env", "--json has no meaning for a program")]
    [InlineData("--hosts a:b env", "--hosts has no meaning for env")]
    [InlineData("--json a:b redis-cli", "--json has no meaning for redis-cli")]
    [InlineData("--list a", "--list takes no source")]
    [InlineData("--timeout", "the value of --timeout is missing")]
    [InlineData("--timeout -1 a:b env", "--timeout takes 0 to 600 seconds, not '-1'")]
    [InlineData("--timeout 601 a:b env", "--timeout takes 0 to 600 seconds, not '601'")]
    [InlineData("--timeout soon a:b env", "--timeout takes 0 to 600 seconds, not 'soon'")]
    [InlineData("--completion tcsh", "there is no completion script for 'tcsh' (there are bash, zsh, fish, pwsh)")]
    [InlineData("a:b ping", "ping: the host is missing")]
    [InlineData("a:b ping b c", "ping: one host at a time, not also 'c'")]
    [InlineData("a:b ping -c 0 b", "ping: '0' is not a number of requests")]
    [InlineData("a:b ping -c", "ping: the value of -c is missing")]
    [InlineData("a:b ping -f b", "ping: there is no option '-f' (it knows -c, -i and -W)")]
    public void A_line_without_a_meaning_is_an_error_of_one_line_and_dockers_code(string line, string what)
    {
        var error = Assert.Throws<LinkException>(() => InvocationParser.Parse(Words(line)));

        Assert.Equal((125, $"{what}. Usage: link SOURCE[:ALIAS] COMMAND; see link --help."), (error.ExitCode, error.Message));
    }

    [Theory]
    [InlineData("--csv", "there is no option '--csv' here (it knows -h, -p, -a, --user, -n, -r, -i, -x, -e, -2, -3, --raw, --no-raw).")]
    [InlineData("-n", "the value of -n is missing.")]
    [InlineData("-n 1.5", "'1.5' is not a number that -n takes.")]
    [InlineData("-p 65536", "'65536' is not a number that -p takes.")]
    [InlineData("-i -1", "'-1' is not a number that -i takes.")]
    public void Redis_cli_s_options_are_looked_at_before_an_AppHost_is(string options, string what)
    {
        var error = Assert.Throws<LinkException>(() => InvocationParser.Parse(Words($"a:b redis-cli {options}")));

        Assert.Equal((125, $"redis-cli: {what}"), (error.ExitCode, error.Message));
    }

    private static UseLink Use(string line) => Assert.IsType<UseLink>(InvocationParser.Parse(Words(line)));

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
