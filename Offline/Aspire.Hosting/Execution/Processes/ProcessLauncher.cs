using System.Collections.Concurrent;
using System.Diagnostics;

namespace Aspire.Hosting.Execution;

/// <summary>
/// Starts processes, each leading a session of its own, so that Ctrl+C in the terminal reaches the host only, and with
/// SIGKILL as parent-death signal.
/// </summary>
internal sealed class ProcessLauncher : IDisposable
{
    private readonly BlockingCollection<Action> _starts = [];
    private readonly Thread _thread;
    private readonly string? _setPrivileges = Tool("setpriv");
    private readonly string? _setSession = Tool("setsid");

    public ProcessLauncher()
    {
        // The parent-death signal comes when the thread that forked ends: pool threads do end, this one stays.
        _thread = new Thread(() =>
        {
            foreach (var start in _starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        {
            IsBackground = true,
            Name = "Process launcher",
        };
        _thread.Start();
    }

    /// <summary>Fills in the program with what goes before it.</summary>
    public void Fill(ProcessStartInfo start, string program, IEnumerable<string> arguments, bool diesWithHost = true, bool startsForOthers = false)
    {
        List<string> line = [];
        if (startsForOthers)
        {
            line.AddRange(DescendantMark.Remover);
        }

        if (diesWithHost && _setPrivileges is not null)
        {
            line.AddRange([_setPrivileges, "--pdeathsig", "KILL", "--"]);
        }

        if (_setSession is not null)
        {
            line.Add(_setSession);
        }

        line.Add(program);
        line.AddRange(arguments);
        start.FileName = line[0];
        start.UseShellExecute = false;
        foreach (var argument in line.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }
    }

    /// <summary>Starts the process and tells its id before anything else is done.</summary>
    public Task<Process> StartAsync(ProcessStartInfo start, Action<int> tell)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(() =>
        {
            try
            {
                var process = Process.Start(start)!;
                tell(process.Id);
                started.SetResult(process);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    public void Dispose() => _starts.CompleteAdding();

    internal static string? Tool(string name) =>
        OperatingSystem.IsLinux() ? ExecutableFinder.Find(name, "/", "/usr/bin:/bin") : null;
}
