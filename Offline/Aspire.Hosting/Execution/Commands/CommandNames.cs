using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The names commands had before, still taken.</summary>
internal static class CommandNames
{
    public static string Current(string name) => name switch
    {
        "resource-start" => KnownResourceCommands.StartCommand,
        "resource-stop" => KnownResourceCommands.StopCommand,
        "resource-restart" => KnownResourceCommands.RestartCommand,
        "parameter-set" => KnownResourceCommands.SetParameterCommand,
        "parameter-delete" => KnownResourceCommands.DeleteParameterCommand,
        _ => name,
    };
}
