using System.Diagnostics;

namespace Aspire.Hosting.Execution;

/// <summary>A process of a resource, and all it started itself.</summary>
internal sealed class RunningProcess
{
    /// <summary>How long a process may take to end when it is asked to.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(6);

    // Output can be held open by a process that left its session; the host does not wait for that one.
    private static readonly TimeSpan s_lastLines = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Action<int> _ended;

    public RunningProcess(Process process, ProcessSpec spec, Action<int> ended)
    {
        _process = process;
        _ended = ended;
        Id = process.Id;
        StartedAt = DateTime.UtcNow;
        Exited = RunAsync(spec);
    }

    public int Id { get; }

    public DateTime StartedAt { get; }

    /// <summary>The exit code, once the process ended and its last lines were read.</summary>
    public Task<int> Exited { get; }

    /// <summary>Asks the process to end, and ends it when it does not.</summary>
    public async Task StopAsync()
    {
        if (Exited.IsCompleted)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else
        {
            Signals.TerminateGroup(Id);
            if (await Task.WhenAny(Exited, Task.Delay(s_grace)).ConfigureAwait(false) != Exited)
            {
                Signals.KillGroup(Id);
            }
        }

        await Exited.ConfigureAwait(false);
    }

    private async Task<int> RunAsync(ProcessSpec spec)
    {
        using var reading = new CancellationTokenSource();
        var lines = Task.WhenAll(
            LineSplitter.ReadAsync(_process.StandardOutput, line => spec.OnLine(line, false), reading.Token),
            LineSplitter.ReadAsync(_process.StandardError, line => spec.OnLine(line, true), reading.Token));
        try
        {
            if (spec.StandardInput is not null)
            {
                await _process.StandardInput.WriteAsync(spec.StandardInput).ConfigureAwait(false);
            }

            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended, or closed its input, without reading it: its exit code says more.
        }

        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        if (!OperatingSystem.IsWindows())
        {
            // What it started and left behind goes with it.
            Signals.KillLeftovers(Id);
        }

        await Task.WhenAny(lines, Task.Delay(s_lastLines)).ConfigureAwait(false);
        await reading.CancelAsync().ConfigureAwait(false);
        _ended(Id);
        var exitCode = _process.ExitCode;
        _process.Dispose();
        return exitCode;
    }
}
