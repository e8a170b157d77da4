using System.Collections.Concurrent;
using System.Diagnostics;

namespace Shared;

/// <summary>
/// Starts processes that ask for a signal when their parent dies (<c>setpriv --pdeathsig</c>). To Linux the parent is the thread that
/// started them, and threads of the pool end after a while without work; this one ends with the process.
/// </summary>
internal static class ParentThread
{
    private static readonly BlockingCollection<Action> s_starts = Run();

    public static Process Start(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    private static BlockingCollection<Action> Run()
    {
        var starts = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        {
            IsBackground = true,
            Name = "Parent of processes",
        }.Start();
        return starts;
    }
}
