namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a waiting resource does when the other one cannot get there any more.</summary>
public enum WaitBehavior
{
    /// <summary>It goes on waiting, in case someone starts the other one again.</summary>
    WaitOnResourceUnavailable,

    /// <summary>It fails to start.</summary>
    StopOnResourceUnavailable,
}
