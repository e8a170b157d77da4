using System.Diagnostics;
using Shared;

namespace Aspire.Hosting.Docker.Tests;

/// <summary>A program that was run to its end.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>The AppHost of this repository, with these arguments.</summary>
    public static Task<ProgramRun> AppHostAsync(params IEnumerable<string> arguments)
    {
        var program = Path.Combine(Repository.Root, "AppHost", "bin", "Debug", "net10.0", "AppHost.dll");
        Assert.True(File.Exists(program), $"{program} is missing: build the solution first.");
        return StartAsync("dotnet", [program, .. arguments], Path.Combine(Repository.Root, "AppHost"));
    }

    public static async Task<ProgramRun> StartAsync(string program, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(s_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public ProgramRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return this;
    }
}
