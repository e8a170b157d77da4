namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's log.</summary>
/// <param name="LineNumber">Its number, from 1.</param>
/// <param name="Content">Its text, with a time stamp in front.</param>
/// <param name="IsErrorMessage">Whether it came from standard error or tells of an error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
