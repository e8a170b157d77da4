using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.Execution;
using Shared;

namespace Aspire.Hosting.Tests.Execution;

/// <summary>What becomes of the children when the host ends, in whatever way.</summary>
public sealed class HostEndTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly string[] s_names = ["first", "first.child", "first.group", "second", "second.child", "second.group"];

    // Who left the session is only ended with a host that is killed.
    private static readonly string[] s_sessions = ["first.session", "second.session"];

    private readonly string _folder = Directory.CreateTempSubdirectory("aspire-host-end").FullName;

    public void Dispose()
    {
        foreach (var left in s_sessions.Select(name => IdOf(_folder, name)).OfType<int>())
        {
            Signals.KillGroup(left);
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>By default a few; <c>ASPIRE_TEST_KILL_ROUNDS=200</c> asks for more.</summary>
    [Fact]
    public async Task No_child_outlives_a_host_that_is_killed_at_any_moment()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("ASPIRE_TEST_KILL_ROUNDS") ?? "4", CultureInfo.InvariantCulture);
        var random = new Random(20);
        for (var round = 0; round < rounds; round++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, round.ToString(CultureInfo.InvariantCulture))).FullName;
            using var host = Start(folder);
            if (round % 2 == 0)
            {
                await UntilAsync(() => s_names.Concat(s_sessions).All(name => IdOf(folder, name) is not null), "all children started");
            }
            else
            {
                await Task.Delay(random.Next(100, 1500));
            }

            host.Kill(entireProcessTree: false);
            await host.WaitForExitAsync();

            // The folder is on the command line of each of them.
            await UntilAsync(() => !AnyMentions(folder), $"no child left in round {round}");
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Asked_to_end_the_host_ends_its_children_and_exits_with_zero(string signal)
    {
        using var host = Start(_folder);
        await UntilAsync(() => s_names.All(name => IdOf(_folder, name) is not null), "all children started");

        using (var kill = Process.Start("kill", [$"-{signal}", host.Id.ToString(CultureInfo.InvariantCulture)])!)
        {
            await kill.WaitForExitAsync();
        }

        await host.WaitForExitAsync().WaitAsync(s_patience);
        Assert.Equal(0, host.ExitCode);
        await UntilAsync(() => !s_names.Any(name => ProcessRunnerTests.IsAlive(IdOf(_folder, name)!.Value)), "no child left", TimeSpan.FromSeconds(10));
    }

    private static Process Start(string folder)
    {
        var program = Path.Combine(Repository.Root, "tests", "Programs", "TestHost", "bin", Configuration, "net10.0", "TestHost.dll");

        // A test run in the background of a script ignores SIGINT, and what it starts would too.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static int? IdOf(string folder, string name) =>
        File.Exists(Path.Combine(folder, $"{name}.pid")) && int.TryParse(File.ReadAllText(Path.Combine(folder, $"{name}.pid")), CultureInfo.InvariantCulture, out var id) ? id : null;

    private static bool AnyMentions(string folder)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(process, "cmdline")).Contains(folder, StringComparison.Ordinal))
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at.
            }
        }

        return s_names.Concat(s_sessions).Any(name => IdOf(folder, name) is { } id && ProcessRunnerTests.IsAlive(id));
    }

    private static async Task UntilAsync(Func<bool> condition, string what, TimeSpan? atMost = null)
    {
        for (var deadline = DateTime.UtcNow + (atMost ?? s_patience); !condition(); await Task.Delay(20))
        {
            Assert.True(DateTime.UtcNow < deadline, $"Not in time: {what}.");
        }
    }
}
