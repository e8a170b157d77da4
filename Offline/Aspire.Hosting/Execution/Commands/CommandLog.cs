using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

internal static partial class CommandLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Executing command '{CommandName}'.")]
    public static partial void Executing(ILogger logger, string commandName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Successfully executed command '{CommandName}'.")]
    public static partial void Executed(ILogger logger, string commandName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Command '{CommandName}' was canceled.")]
    public static partial void Canceled(ILogger logger, string commandName);

    [LoggerMessage(Level = LogLevel.Error, Message = "Failure executing command '{CommandName}'. Error message: {ErrorMessage}")]
    public static partial void Failed(ILogger logger, string commandName, string errorMessage);

    [LoggerMessage(Level = LogLevel.Error, Message = "Error executing command '{CommandName}'.")]
    public static partial void Error(ILogger logger, Exception exception, string commandName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Command '{CommandName}' not available for resource '{ResourceId}'.")]
    public static partial void NotAvailable(ILogger logger, string commandName, string resourceId);
}
