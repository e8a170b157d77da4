using System.Reflection;
using System.Runtime.InteropServices;
using Link.Cli;
using Link.Commands;
using Link.Protocol;
using Link.Running;

namespace Link;

/// <summary>Runs one command line.</summary>
internal sealed class LinkTool(TextWriter output, TextWriter error)
{
    private static readonly TimeSpan s_suggestionTimeout = TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            return await RunAsync(InvocationParser.Parse(arguments));
        }
        catch (LinkException exception)
        {
            await error.WriteLineAsync($"link: {exception.Message.ReplaceLineEndings(" ")}");
            return exception.ExitCode;
        }
    }

    private async Task<int> RunAsync(Invocation invocation)
    {
        switch (invocation)
        {
            case ShowHelp:
                await output.WriteAsync(HelpText.Text);
                return 0;
            case ShowVersion:
                var version = typeof(LinkTool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
                await output.WriteLineAsync($"link {version?.Split('+')[0]}");
                return 0;
            case ShowRedisCliHelp:
                await output.WriteAsync(RedisCli.Help);
                return 0;
            case PrintCompletionScript script:
                await output.WriteAsync(CompletionScripts.For(script.Shell));
                return 0;
            case SuggestWords suggest:
                foreach (var word in await Suggestions.ForAsync(suggest.Words, ListForSuggestionsAsync))
                {
                    await output.WriteLineAsync(word);
                }

                return 0;
            case ListResources list:
                await ListCommand.RunAsync(await Client(list.Options).ListAsync(default), list.Options.Json, output);
                return 0;
            case RunInNamespace inside:
                return await HostsNamespace.EnterAsync(inside.HostsFile, inside.Program);
            case UseLink use:
                return await RunAsync(use);
            default:
                throw new InvalidOperationException($"{invocation} is not handled.");
        }
    }

    private async Task<int> RunAsync(UseLink use)
    {
        var client = Client(use.Options);
        Task<LinkDescription> Ask(CancellationToken cancellationToken) => client.LinkAsync(use.Source, use.Alias, use.Options.Timeout, cancellationToken);

        var link = await Ask(default);
        switch (use.Action)
        {
            case PrintEnvironment:
                await EnvironmentCommand.RunAsync(link, use.Options.Json, output);
                return 0;
            case PrintHosts:
                await HostsCommand.RunAsync(link, use.Options.Json, output);
                return 0;
            case Ping ping:
                return await PingAsync(ping, use, link, Ask);
            case RunRedisCli cli:
                return await RedisCliAsync(cli.Options, link, Ask);
            case RunProgram program:
                var environment = link.Environment.ToDictionary(variable => variable.Name, variable => variable.Value);
                return use.Options.Hosts
                    ? await HostsNamespace.RunAsync(link, program.Program, environment)
                    : await ProgramRunner.RunAsync(program.Program, environment);
            default:
                throw new InvalidOperationException($"{use.Action} is not handled.");
        }
    }

    private async Task<int> PingAsync(Ping ping, UseLink use, LinkDescription first, Func<CancellationToken, Task<LinkDescription>> ask)
    {
        if (!HostsEntry.Knows(first, ping.Host))
        {
            await error.WriteLineAsync($"ping: {ping.Host}: the link has no such name (it has {string.Join(", ", first.Names)})");
            return 2;
        }

        var resolver = new LinkResolver(first, ask);
        using var interrupt = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, press =>
        {
            press.Cancel = true;
            interrupt.Cancel();
        });
        return await new PingCommand(ping, resolver.ResolveAsync, output, use.Options.Json).RunAsync(interrupt.Token);
    }

    private async Task<int> RedisCliAsync(RedisCliOptions options, LinkDescription first, Func<CancellationToken, Task<LinkDescription>> ask)
    {
        var host = options.Host ?? first.Alias;
        if (!HostsEntry.Knows(first, host))
        {
            await error.WriteLineAsync($"Could not connect to Redis at {host}:{options.Port ?? first.TargetPort ?? first.Port}: the link has no such name (it has {string.Join(", ", first.Names)})");
            return 1;
        }

        if (options.Port is { } port && port != first.Port && port != first.TargetPort)
        {
            await error.WriteLineAsync($"Could not connect to Redis at {host}:{port}: the link has no such port (it has {first.Port}{(first.TargetPort is { } target ? $", known as {target}" : "")})");
            return 1;
        }

        if (options is { Password: not null, NoAuthWarning: false })
        {
            await error.WriteLineAsync("Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.");
        }

        var resolver = new LinkResolver(first, ask);
        await using var stdout = StandardStream.OpenOutput();
        await using var session = new RedisSession(
            async cancellationToken =>
            {
                var address = await resolver.ResolveAsync(cancellationToken);
                return address with { Username = options.Username ?? address.Username, Password = options.Password ?? address.Password };
            },
            host, options, options.Raw ?? Console.IsOutputRedirected, stdout, error);
        var editor = options.Command.Count == 0 && !Console.IsInputRedirected && !Console.IsOutputRedirected
            ? new LineEditor(new LineHistory(LineHistory.DefaultFile))
            : null;
        return await new RedisCli(session, options, editor, output).RunAsync(default);
    }

    private LinkClient Client(LinkOptions options) =>
        new(new LinkSurroundings(options.AppHost, CurrentDirectory(), message => error.WriteLine($"link: {message}")));

    private static string CurrentDirectory()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LinkException("the current directory is gone or can't be read.");
        }
    }

    private static async Task<IReadOnlyList<LinkableResource>> ListForSuggestionsAsync(string? appHost)
    {
        using var limit = new CancellationTokenSource(s_suggestionTimeout);
        try
        {
            return await new LinkClient(new LinkSurroundings(appHost, CurrentDirectory(), _ => { })).ListAsync(limit.Token);
        }
        catch (Exception exception) when (exception is LinkException or OperationCanceledException)
        {
            return [];
        }
    }
}
