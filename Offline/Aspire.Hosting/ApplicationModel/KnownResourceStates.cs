namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states the host itself puts resources in. Others are allowed: a state is a text.</summary>
public static class KnownResourceStates
{
    /// <summary>Kept for old callers; a snapshot says it itself now.</summary>
    [Obsolete("Use IsHidden of the snapshot instead.")]
    public static readonly string Hidden = nameof(Hidden);

    /// <summary>On its way to <see cref="Running"/>.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>Could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>Waits for a container engine that is missing or does not answer.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>On its way to a terminal state.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>Was stopped.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>Ended by itself.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Waits for another resource.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>Has not been asked to start.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>Is being built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>Needs a value that nobody has given.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>Is in use; for resources that do not run.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>The states nothing follows without a start.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];

    /// <summary>The states in which a project can be built again.</summary>
    public static readonly IReadOnlyList<string> BuildableStates = [Running, Waiting, Finished, FailedToStart, Exited];
}
