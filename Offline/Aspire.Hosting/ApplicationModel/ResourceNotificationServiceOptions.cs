namespace Aspire.Hosting.ApplicationModel;

/// <summary>Options of <see cref="ResourceNotificationService"/>.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What a wait does when the awaited resource becomes unavailable and the wait does not say.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
