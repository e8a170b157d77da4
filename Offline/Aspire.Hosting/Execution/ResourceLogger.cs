using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Writes what the host says about a resource into the resource's log.</summary>
internal sealed class ResourceLogger(ImmutableArray<ResourceLog> logs, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        if (exception is not null)
        {
            text = $"{text}{Environment.NewLine}{exception}";
        }

        foreach (var log in logs)
        {
            log.Add(time.GetUtcNow(), text, logLevel >= LogLevel.Error);
        }
    }
}
