namespace Link.Cli;

/// <summary>Turns Ctrl+C into the cancellation of what runs at the moment.</summary>
internal sealed class Interrupt : IDisposable
{
    private CancellationTokenSource? _running;

    public Interrupt() => Console.CancelKeyPress += OnPress;

    /// <summary>Until disposed, Ctrl+C cancels this.</summary>
    public IDisposable Cancels(CancellationTokenSource source)
    {
        _running = source;
        return new Scope(this);
    }

    public void Dispose() => Console.CancelKeyPress -= OnPress;

    private void OnPress(object? sender, ConsoleCancelEventArgs press)
    {
        if (Volatile.Read(ref _running) is not { } running)
        {
            return;
        }

        press.Cancel = true;
        try
        {
            running.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this very moment.
        }
    }

    private sealed class Scope(Interrupt owner) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref owner._running, null);
    }
}
