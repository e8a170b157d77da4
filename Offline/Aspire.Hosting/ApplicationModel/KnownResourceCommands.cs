namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names of the commands every resource of the right kind has.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts a resource.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Stops a resource.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Stops and starts a resource.</summary>
    public static readonly string RestartCommand = "restart";

    /// <summary>Builds a project and starts it again.</summary>
    public static readonly string RebuildCommand = "rebuild";

    /// <summary>Gives a parameter its value.</summary>
    public static readonly string SetParameterCommand = "set-parameter";

    /// <summary>Takes a parameter its value.</summary>
    public static readonly string DeleteParameterCommand = "delete-parameter";
}
