namespace Aspire.Hosting.ApplicationModel;

/// <summary>When the dashboard hides a resource.</summary>
public enum HiddenBehavior
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Once it has completed.</summary>
    OnCompletion,
}
