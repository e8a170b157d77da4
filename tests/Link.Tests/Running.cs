using System.Diagnostics;
using System.Text;
using Shared;

namespace Link.Tests;

/// <summary>What a process printed and how it ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);

/// <summary>Runs the tool and other programs as processes.</summary>
internal static class Running
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>The words that start the tool.</summary>
    public static IReadOnlyList<string> Tool { get; } = ["dotnet", typeof(LinkTool).Assembly.Location];

    public static Task<Outcome> LinkAsync(string runtime, params string[] arguments) => ProgramAsync(runtime, [.. Tool, .. arguments]);

    public static async Task<Outcome> ProgramAsync(string runtime, IReadOnlyList<string> command, string input = "")
    {
        using var process = Start(runtime, command);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>In the runtime directory, which also is the home: nothing of this machine's user is read or written.</summary>
    public static Process Start(string runtime, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(Tools.Require(command[0]), command.Skip(1))
        {
            WorkingDirectory = runtime,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Encoding.Latin1,
            StandardOutputEncoding = Encoding.Latin1,
        };
        start.Environment["XDG_RUNTIME_DIR"] = runtime;
        start.Environment["TMPDIR"] = runtime;
        start.Environment["XDG_STATE_HOME"] = runtime;
        start.Environment["REDISCLI_AUTH"] = RedisServer.Password;
        start.Environment["TERM"] = "xterm";
        return Process.Start(start)!;
    }

    /// <summary>A command line that runs a shell command on a terminal of its own; the user's shell makes room for it, for not every shell outlives a Ctrl+C.</summary>
    public static IReadOnlyList<string> OnTerminal(string shellCommand) => ["script", "--quiet", "--return", "--command", $"exec {shellCommand}", "/dev/null"];

    public static async Task<Outcome> EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return new(process.ExitCode, await output, await error);
    }
}
