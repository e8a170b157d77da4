using System.Diagnostics;
using Shared;

namespace EndToEnd.Tests;

/// <summary>The tool <c>link</c>, run as a user runs it.</summary>
internal static class LinkTool
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    public static string Program { get; } = Path.Combine(Repository.Root, "Link", "bin", "Debug", "net10.0", "link.dll");

    /// <summary>Standard output and standard error, and the exit code.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string home, params string[] arguments) => RunAsync(home, "", arguments);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string home, string input, string[] arguments)
    {
        using var process = Start(home, ["dotnet", Program, .. arguments]);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(s_patience);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs a program on the side of a user whose home this is, from the root of the repository.</summary>
    public static Process Start(string home, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_RUNTIME_DIR"] = Path.Combine(home, "run");
        start.Environment["XDG_STATE_HOME"] = home;
        start.Environment["TERM"] = "xterm";
        return Process.Start(start)!;
    }

    /// <summary>Its redis-cli on a terminal: types each line at the prompt and returns what then stands on the terminal.</summary>
    public static async Task<string> TypeAsync(string home, string[] arguments, string prompt, params string[] lines)
    {
        Tools.Require("script");
        using var process = Start(home, ["script", "--quiet", "--return", "--command", string.Join(' ', (string[])["dotnet", Program, .. arguments]), "/dev/null"]);
        using var patience = new CancellationTokenSource(s_patience);
        var terminal = "";
        var buffer = new char[4096];
        foreach (var line in lines)
        {
            // The prompt is redrawn with each key: only one that nothing follows waits for the next line.
            while (!LessControls(terminal).EndsWith(prompt, StringComparison.Ordinal))
            {
                var read = await process.StandardOutput.ReadAsync(buffer, patience.Token);
                Assert.True(read > 0, $"The terminal closed after: {terminal}");
                terminal += new string(buffer, 0, read);
            }

            await process.StandardInput.WriteAsync(line + "\r");
            await process.StandardInput.FlushAsync(patience.Token);
        }

        terminal += await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, process.ExitCode);
        return LessControls(terminal);
    }

    /// <summary>What a terminal shows of a text: of each line what was drawn last.</summary>
    private static string LessControls(string text) =>
        string.Join('\n', System.Text.RegularExpressions.Regex.Replace(text, @"\x1b(\[[0-9;?]*[A-Za-z]|=|>)", "").Split('\n')
            .Select(line => line.Split('\r', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? ""));
}
