using System.Diagnostics;
using System.Text;

namespace Link.Tests;

/// <summary>Reads along what a program prints on its terminal.</summary>
internal sealed class TerminalReader
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _text = new();
    private readonly Task _reading;

    public TerminalReader(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Waits until a text stands behind a position in what was printed, and returns the position after it.</summary>
    public async Task<int> UntilAsync(string text, int from = 0)
    {
        for (var deadline = DateTime.UtcNow + s_patience; ; await Task.Delay(20))
        {
            if (Text.IndexOf(text, from, StringComparison.Ordinal) is var found and >= 0)
            {
                return found + text.Length;
            }

            Assert.True(DateTime.UtcNow < deadline && !_reading.IsCompleted, $"'{text}' did not appear on the terminal, but this: {Text[from..]}");
        }
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        await _reading.WaitAsync(patience.Token);
        return _process.ExitCode;
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer) is var read and > 0)
        {
            lock (_text)
            {
                _text.Append(buffer, 0, read);
            }
        }
    }
}
