namespace Aspire.Hosting.Execution;

/// <summary>Runs the command line of a container engine.</summary>
internal sealed class ContainerCli(ProcessRunner processes, string engine)
{
    private const int MostLines = 10_000;

    /// <summary><c>docker</c> or <c>podman</c>.</summary>
    public string Engine => engine;

    /// <summary>Runs a command to its end.</summary>
    public async Task<Result> RunAsync(IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellationToken, Action<string>? onLine = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        List<string> output = [];
        List<string> errors = [];
        var process = await StartAsync(
            arguments,
            (line, isError) =>
            {
                var lines = isError ? errors : output;
                lock (lines)
                {
                    if (lines.Count < MostLines)
                    {
                        lines.Add(line);
                    }
                }

                onLine?.Invoke(line);
            },
            environment).ConfigureAwait(false);
        try
        {
            var exitCode = await process.Exited.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
            return new Result(exitCode, string.Join('\n', output), string.Join('\n', errors));
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await process.StopAsync().ConfigureAwait(false);
            if (exception is TimeoutException)
            {
                return new Result(-1, "", $"'{engine} {arguments[0]}' did not end within {timeout.TotalSeconds} s.");
            }

            throw;
        }
    }

    /// <summary>Runs a command and throws when it fails.</summary>
    /// <exception cref="DistributedApplicationException">It failed; the message is what the engine says.</exception>
    public async Task<string> MustRunAsync(IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var result = await RunAsync(arguments, timeout, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0
            ? result.Output.Trim()
            : throw new DistributedApplicationException($"{engine} {arguments[0]} failed: {result.Reason}");
    }

    /// <summary>Starts a command that goes on, such as following a log.</summary>
    public Task<RunningProcess> StartAsync(IReadOnlyList<string> arguments, Action<string, bool> onLine, IReadOnlyDictionary<string, string>? environment = null)
    {
        var all = InheritedEnvironment.Read();
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        return processes.StartAsync(new ProcessSpec
        {
            FileName = engine,
            Arguments = arguments,
            Environment = all,
            WorkingDirectory = Path.GetTempPath(),
            OnLine = onLine,
            StartsForOthers = true,
        });
    }

    internal sealed record Result(int ExitCode, string Output, string Errors)
    {
        /// <summary>Why it failed, in one line.</summary>
        public string Reason => Lines.FirstOrDefault() ?? $"exit code {ExitCode}";

        /// <summary>Why it failed when it first said what it does.</summary>
        public string LastReason => Lines.LastOrDefault() ?? $"exit code {ExitCode}";

        private IEnumerable<string> Lines =>
            (Errors.Trim().Length > 0 ? Errors : Output).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
    }
}
