using System.Diagnostics;
using System.Text;
using Shared;

namespace Counter.Bench.Running;

/// <summary>A process that ends with the benchmark, however that ends.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public Child(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? directory = null)
    {
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = ParentThread.Start(start);
        _process.OutputDataReceived += Append;
        _process.ErrorDataReceived += Append;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Runs to the end, which must be a success.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? directory = null)
    {
        using var child = new Child(program, arguments, directory: directory);
        await child._process.WaitForExitAsync();
        return child._process.ExitCode == 0 ? child.Output : throw new InvalidOperationException($"{program} ended with {child._process.ExitCode}: {child.Output}");
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(limit);
    }

    /// <summary>Asks until there is an answer, or the process has ended.</summary>
    public async Task<T> FirstAnswerAsync<T>(Func<Task<T>> ask)
    {
        for (var deadline = Stopwatch.GetTimestamp() + (60 * Stopwatch.Frequency); ; await Task.Delay(50))
        {
            try
            {
                return await ask();
            }
            catch (Exception) when (!_process.HasExited && Stopwatch.GetTimestamp() < deadline)
            {
                // Not yet.
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"No answer from {_process.StartInfo.ArgumentList[2]}: {Output}", exception);
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
