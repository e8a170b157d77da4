using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Aspire.Hosting.Execution;

/// <summary>Runs the processes of resources. None of them outlives the host.</summary>
internal sealed class ProcessRunner : IDisposable
{
    private readonly ProcessLauncher _launcher = new();
    private readonly Lazy<OrphanWatcher> _watcher;

    public ProcessRunner() => _watcher = new(() => OrphanWatcher.Start(_launcher));

    /// <summary>Who ends what the host leaves behind.</summary>
    public OrphanWatcher Watcher => _watcher.Value;

    /// <exception cref="DistributedApplicationException">The program or the folder does not exist.</exception>
    public async Task<RunningProcess> StartAsync(ProcessSpec spec)
    {
        if (!Directory.Exists(spec.WorkingDirectory))
        {
            throw new DistributedApplicationException($"The working directory '{spec.WorkingDirectory}' does not exist.");
        }

        spec.Environment.TryGetValue("PATH", out var path);
        var program = ExecutableFinder.Find(spec.FileName, spec.WorkingDirectory, path)
            ?? throw new DistributedApplicationException($"The executable '{spec.FileName}' was not found, or is not an executable file.");
        var start = new ProcessStartInfo
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        _launcher.Fill(start, program, spec.Arguments, startsForOthers: spec.StartsForOthers);
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        var watcher = Watcher;
        try
        {
            // The watcher hears of it at once: what the process starts itself, only the watcher can end after a kill of the host.
            var process = await _launcher.StartAsync(start, watcher.AddProcess).ConfigureAwait(false);
            return new RunningProcess(process, spec, watcher.RemoveProcess);
        }
        catch (Win32Exception exception)
        {
            throw new DistributedApplicationException($"The executable '{spec.FileName}' could not be started: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        if (_watcher.IsValueCreated)
        {
            _watcher.Value.Dispose();
        }

        _launcher.Dispose();
    }
}
