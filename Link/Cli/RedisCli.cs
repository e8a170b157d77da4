using System.Globalization;
using System.Text;
using Link.Redis;

namespace Link.Cli;

/// <summary>redis-cli over a link: one command from the arguments, many from standard input, or a prompt on a terminal.</summary>
internal sealed class RedisCli(RedisSession session, RedisCliOptions options, LineEditor? editor, TextWriter output)
{
    private const int Failed = 1;
    private const string NoRepeat = "Invalid redis-cli repeat command option value.";

    public const string Help = """
        Usage: link SOURCE[:ALIAS] redis-cli -h HOST [options] [command [arguments]]
          -h HOST     ALIAS, the link's id or SOURCE    -p PORT     6379 or the source's own port
          -a, --user  another login than the link's     -n NUMBER   database
          -r, -i      repeat the command, interval      -x          last argument from standard input
          -3, -2      protocol                          -e          exit code 1 when a command fails
          --raw, --no-raw                               output as into a pipe, as on a terminal
        Without a command, commands are read from standard input; on a terminal with a prompt, which QUIT, EXIT
        or Ctrl+D leaves. Tab completes a command, Ctrl+R searches the history.

        """;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Command.Count > 0)
        {
            return await RunArgumentsAsync(cancellationToken);
        }

        return editor is not null ? await PromptAsync(editor, cancellationToken) : await RunInputAsync(cancellationToken);
    }

    private async Task<int> RunArgumentsAsync(CancellationToken cancellationToken)
    {
        List<ReadOnlyMemory<byte>> command = [.. options.Command.Select(argument => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(argument)))];
        if (options.LastArgumentFromInput)
        {
            using var input = new MemoryStream();
            await Console.OpenStandardInput().CopyToAsync(input, cancellationToken);
            command.Add(input.ToArray());
        }

        if (!await session.ConnectAsync(cancellationToken))
        {
            return Failed;
        }

        for (var i = 0L; options.Repeat < 0 || i < options.Repeat; i++)
        {
            if (i > 0 && options.Interval > TimeSpan.Zero)
            {
                await Task.Delay(options.Interval, cancellationToken);
            }

            var succeeded = await session.RunAsync(command, cancellationToken);
            if (!session.IsConnected)
            {
                return succeeded ? 0 : Failed;
            }

            if (!succeeded && options.ExitOnError)
            {
                return Failed;
            }
        }

        return 0;
    }

    private async Task<int> RunInputAsync(CancellationToken cancellationToken)
    {
        if (!await session.ConnectAsync(cancellationToken))
        {
            return Failed;
        }

        // Bytes, not characters: a value need not be text.
        using var input = new BufferedStream(Console.OpenStandardInput());
        while (ReadLine(input) is { } line)
        {
            var (command, repeat) = Read(CommandSplitter.Split(line));
            if (command is null)
            {
                await output.WriteLineAsync("Invalid argument(s)");
            }
            else if (repeat < 1)
            {
                await output.WriteLineAsync(NoRepeat);
            }
            else if (Leaves(command))
            {
                return 0;
            }
            else if (command.Count > 0 && !await RepeatAsync(command, repeat, cancellationToken) && (options.ExitOnError || !session.IsConnected))
            {
                return Failed;
            }
        }

        return 0;
    }

    private async Task<int> PromptAsync(LineEditor editor, CancellationToken cancellationToken)
    {
        using var interrupt = new Interrupt();
        await session.ConnectAsync(cancellationToken);
        editor.Complete = async prefix => Complete(await CommandsAsync(), prefix);
        while (await editor.ReadLineAsync(session.Prompt) is { } line)
        {
            var (command, repeat) = Read(CommandSplitter.Split(line));
            if (command is null || repeat < 1)
            {
                await output.WriteLineAsync(command is null ? "Invalid argument(s)" : NoRepeat);
                continue;
            }

            if (command.Count == 0)
            {
                continue;
            }

            if (Leaves(command))
            {
                return 0;
            }

            if (Name(command) == "CLEAR")
            {
                Console.Clear();
                continue;
            }

            if (Name(command) == "HELP" || Name(command) == "?")
            {
                await output.WriteAsync(Help);
                continue;
            }

            await RunInterruptiblyAsync(command, repeat, interrupt, cancellationToken);
        }

        return 0;
    }

    private async Task RunInterruptiblyAsync(IReadOnlyList<ReadOnlyMemory<byte>> command, long repeat, Interrupt interrupt, CancellationToken cancellationToken)
    {
        using var scope = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using (interrupt.Cancels(scope))
        {
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                await RepeatAsync(command, repeat, scope.Token);
                var elapsed = TimeProvider.System.GetElapsedTime(started);
                if (elapsed >= TimeSpan.FromSeconds(0.5) && session.IsConnected)
                {
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"({elapsed.TotalSeconds:0.00}s)"));
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Ctrl+C ends a command that streams or blocks, not the session.
                await output.WriteLineAsync();
            }
        }
    }

    private async Task<bool> RepeatAsync(IReadOnlyList<ReadOnlyMemory<byte>> command, long repeat, CancellationToken cancellationToken)
    {
        var succeeded = true;
        for (var i = 0L; i < repeat && (succeeded || !options.ExitOnError); i++)
        {
            succeeded &= await session.RunAsync(command, cancellationToken);
        }

        return succeeded;
    }

    private IReadOnlyList<string>? _commands;

    private async Task<IReadOnlyList<string>> CommandsAsync()
    {
        if (_commands is not { Count: > 0 })
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                _commands = await session.ListCommandsAsync(limit.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                _commands = null;
            }
        }

        return _commands ?? [];
    }

    private static IReadOnlyList<string> Complete(IReadOnlyList<string> commands, string prefix) =>
        prefix.Length == 0 || prefix.Contains(' ', StringComparison.Ordinal)
            ? []
            : [.. commands.Where(command => command.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The next line without its end, or null at the end.</summary>
    private static byte[]? ReadLine(BufferedStream input)
    {
        using var line = new MemoryStream();
        for (var next = input.ReadByte(); next != '\n'; next = input.ReadByte())
        {
            if (next < 0)
            {
                return line.Length == 0 ? null : line.ToArray();
            }

            line.WriteByte((byte)next);
        }

        return line.ToArray();
    }

    /// <summary>A number before a command runs it so often.</summary>
    private static (IReadOnlyList<ReadOnlyMemory<byte>>? Command, long Repeat) Read(IReadOnlyList<ReadOnlyMemory<byte>>? command) =>
        command is [var first, _, ..] && long.TryParse(first.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var repeat)
            ? ([.. command.Skip(1)], repeat)
            : (command, 1);

    private static bool Leaves(IReadOnlyList<ReadOnlyMemory<byte>> command) => command.Count > 0 && Name(command) is ("QUIT" or "EXIT");

    private static string Name(IReadOnlyList<ReadOnlyMemory<byte>> command) => Encoding.ASCII.GetString(command[0].Span).ToUpperInvariant();
}
