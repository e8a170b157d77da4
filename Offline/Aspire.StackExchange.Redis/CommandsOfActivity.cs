using System.Diagnostics;
using StackExchange.Redis.Profiling;

namespace Aspire.StackExchange.Redis;

/// <summary>The commands that were called under one activity, until their spans are written.</summary>
internal sealed class CommandsOfActivity(Activity? parent)
{
    /// <summary>How long a command is waited for that the client never reports, in which time it has timed out for sure.</summary>
    private static readonly TimeSpan s_longestCommand = TimeSpan.FromMinutes(2);

    private readonly ProfilingSession _session = new();
    private readonly long _created = Stopwatch.GetTimestamp();
    private int _expected;
    private int _taken;

    public Activity? Parent => parent;

    /// <summary>Whether no command can be called or completed under the activity any more.</summary>
    public bool IsComplete => parent is { IsStopped: true }
        && (Volatile.Read(ref _taken) >= Volatile.Read(ref _expected) || Stopwatch.GetElapsedTime(_created) > s_longestCommand);

    public ProfilingSession Expect()
    {
        Interlocked.Increment(ref _expected);
        return _session;
    }

    public IEnumerable<IProfiledCommand> TakeCompleted()
    {
        foreach (var command in _session.FinishProfiling())
        {
            Interlocked.Increment(ref _taken);
            yield return command;
        }
    }
}
