namespace Aspire.Hosting.ApplicationModel;

/// <summary>The dashboard hides the resource.</summary>
public sealed class HiddenAnnotation(HiddenBehavior behavior) : IResourceAnnotation
{
    /// <summary>When it is hidden.</summary>
    public HiddenBehavior Behavior { get; } = behavior;

    /// <summary>The exit codes that count as completed.</summary>
    public IReadOnlyList<int> SuccessfulExitCodes { get; init; } = [0];
}
