namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether a command can be run.</summary>
public enum ResourceCommandState
{
    /// <summary>It can.</summary>
    Enabled,

    /// <summary>It is shown but can't.</summary>
    Disabled,

    /// <summary>It is not shown.</summary>
    Hidden,
}
