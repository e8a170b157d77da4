using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting.Execution;

namespace Aspire.Hosting.Tests.Execution;

public sealed class ProcessRunnerTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly ProcessRunner _runner = new();
    private readonly ConcurrentQueue<(string Text, bool IsError)> _lines = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task Output_is_read_line_by_line_and_the_exit_code_comes_back()
    {
        var process = await StartShellAsync("echo one; echo two >&2; printf three; exit 7");

        Assert.Equal(7, await process.Exited.WaitAsync(s_patience));
        Assert.Equal([("one", false), ("three", false)], _lines.Where(line => !line.IsError));
        Assert.Equal([("two", true)], _lines.Where(line => line.IsError));
    }

    [Fact]
    public async Task The_environment_is_the_one_given_and_no_other()
    {
        var process = await _runner.StartAsync(Spec("env", []) with { Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["A"] = "x y" } });

        await process.Exited.WaitAsync(s_patience);
        Assert.Equal(["A=x y", "PATH=/usr/bin:/bin"], _lines.Select(line => line.Text).Order());
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] arguments = ["a b", "", "\"quoted\"", "$HOME", "*", "--", "ä"];
        var process = await _runner.StartAsync(Spec("/bin/sh", ["-c", "for a in \"$@\"; do echo \"[$a]\"; done", "sh", .. arguments]));

        await process.Exited.WaitAsync(s_patience);
        Assert.Equal(arguments.Select(argument => $"[{argument}]"), _lines.Select(line => line.Text));
    }

    [Fact]
    public async Task Standard_input_is_written_and_closed()
    {
        var process = await _runner.StartAsync(Spec("cat", []) with { StandardInput = "secret\nlines\n" });

        Assert.Equal(0, await process.Exited.WaitAsync(s_patience));
        Assert.Equal(["secret", "lines"], _lines.Select(line => line.Text));
    }

    [Fact]
    public async Task A_line_without_an_end_does_not_fill_the_memory()
    {
        var process = await StartShellAsync("head -c 1000000 /dev/zero | tr '\\0' x");

        await process.Exited.WaitAsync(s_patience);
        Assert.Equal(1_000_000, _lines.Sum(line => line.Text.Length));
        Assert.All(_lines, line => Assert.InRange(line.Text.Length, 1, 64 * 1024));
    }

    [Fact]
    public async Task A_missing_program_is_named()
    {
        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => _runner.StartAsync(Spec("no-such-program-here", [])));

        Assert.Equal("The executable 'no-such-program-here' was not found, or is not an executable file.", exception.Message);
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => _runner.StartAsync(Spec("env", []) with { WorkingDirectory = "/no/such/folder" }));

        Assert.Equal("The working directory '/no/such/folder' does not exist.", exception.Message);
    }

    [Fact]
    public async Task A_process_is_asked_to_end_before_it_is_ended()
    {
        var process = await StartShellAsync("trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        await UntilAsync(() => _lines.Any(line => line.Text == "ready"));

        await process.StopAsync().WaitAsync(s_patience);

        Assert.Equal(3, await process.Exited);
        Assert.Contains(("bye", false), _lines);
    }

    [Fact]
    public async Task What_a_process_started_ends_with_it()
    {
        var process = await StartShellAsync("sleep 1000 & echo $!; wait");
        await UntilAsync(() => !_lines.IsEmpty);
        var grandchild = int.Parse(_lines.First().Text, System.Globalization.CultureInfo.InvariantCulture);

        await process.StopAsync().WaitAsync(s_patience);

        await UntilAsync(() => !IsAlive(grandchild));
    }

    [Fact]
    public async Task A_process_that_ignores_being_asked_is_ended()
    {
        var process = await StartShellAsync("trap '' TERM; echo ready; while :; do sleep 1; done");
        await UntilAsync(() => !_lines.IsEmpty);

        await process.StopAsync().WaitAsync(s_patience);

        Assert.True(process.Exited.IsCompletedSuccessfully);
    }

    internal static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !File.Exists($"/proc/{id}/stat") || !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var deadline = DateTime.UtcNow + s_patience; !condition(); await Task.Delay(20))
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not become true in time.");
        }
    }

    private Task<RunningProcess> StartShellAsync(string script) => _runner.StartAsync(Spec("/bin/sh", ["-c", script]));

    private ProcessSpec Spec(string program, IReadOnlyList<string> arguments) => new()
    {
        FileName = program,
        Arguments = arguments,
        Environment = InheritedEnvironment.Read(),
        WorkingDirectory = Path.GetTempPath(),
        OnLine = (line, isError) => _lines.Enqueue((line, isError)),
    };
}
