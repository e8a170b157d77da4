namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the dashboard draws a state.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>All is well.</summary>
    public static readonly string Success = "success";

    /// <summary>Something failed.</summary>
    public static readonly string Error = "error";

    /// <summary>Worth knowing.</summary>
    public static readonly string Info = "info";

    /// <summary>Wants attention.</summary>
    public static readonly string Warn = "warning";
}
