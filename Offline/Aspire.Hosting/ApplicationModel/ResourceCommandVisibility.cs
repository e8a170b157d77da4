namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a command can be run from.</summary>
[Flags]
public enum ResourceCommandVisibility
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>The dashboard.</summary>
    UI = 1,

    /// <summary>Programs.</summary>
    Api = 2,
}
