using System.Collections.Immutable;

namespace Aspire.Hosting.Execution;

/// <summary>A process as the instance of a resource, with the facts shown of it.</summary>
internal static class ProcessInstance
{
    public static RunningInstance From(RunningProcess process, ProcessSpec spec, IReadOnlyList<(string Value, bool IsSecret)> arguments)
    {
        return new RunningInstance
        {
            Exited = ExitAsync(process),
            StopAsync = process.StopAsync,
            StartedAt = process.StartedAt,
            Properties =
            [
                new(KnownProperties.ExecutablePath, spec.FileName),
                new(KnownProperties.ExecutableWorkDir, spec.WorkingDirectory),
                new(KnownProperties.ExecutableArgs, spec.Arguments.ToImmutableArray()) { IsSensitive = true },
                new(KnownProperties.ExecutablePid, process.Id),
                new(KnownProperties.AppArgs, arguments.Select(argument => argument.Value).ToImmutableArray()) { IsSensitive = arguments.Any(argument => argument.IsSecret) },
                new(KnownProperties.AppArgsSensitivity, arguments.Select(argument => argument.IsSecret ? 1 : 0).ToImmutableArray()),
            ],
        };
    }

    private static async Task<int?> ExitAsync(RunningProcess process) => await process.Exited.ConfigureAwait(false);
}
