namespace Link;

/// <summary>An error of the tool itself, told in one line. Docker's exit code for those is 125.</summary>
internal sealed class LinkException(string message, int exitCode = LinkException.ToolFailed) : Exception(message)
{
    public const int ToolFailed = 125;
    public const int CannotExecute = 126;
    public const int NotFound = 127;

    public int ExitCode => exitCode;
}
