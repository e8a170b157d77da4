using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Builds a project again: its instances stop, and those that ran start again.</summary>
internal sealed partial class ProjectRebuilder(ProcessRunner processes, ResourceNotificationService notifications, ResourceLoggerService loggers, AppHostBuild appHost) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<ExecuteCommandResult> RebuildAsync(ProjectResource project, Orchestrator orchestrator, CancellationToken cancellationToken)
    {
        var path = project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath;
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var instances = orchestrator.InstancesOf(project);
            var ran = instances.Where(instance => IsRunning(instance.Name)).ToList();
            await Task.WhenAll(instances.Select(instance => instance.StopAsync())).ConfigureAwait(false);
            await notifications.PublishUpdateAsync(project, snapshot => snapshot with { State = new ResourceStateSnapshot(KnownResourceStates.Building, KnownResourceStateStyles.Info) }).ConfigureAwait(false);
            var error = await BuildAsync(project, path, cancellationToken).ConfigureAwait(false);
            await notifications.PublishUpdateAsync(project, snapshot => snapshot with
            {
                State = error is null ? KnownResourceStates.NotStarted : new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            }).ConfigureAwait(false);
            if (error is not null)
            {
                return CommandResults.Failure(error);
            }

            await Task.WhenAll(ran.Select(instance => orchestrator.StartInstanceAsync(instance.Name))).ConfigureAwait(false);
            return CommandResults.Success($"Successfully rebuilt '{project.Name}'.");
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string?> BuildAsync(ProjectResource project, string path, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(project);
        try
        {
            var exitCode = await ProjectOutput.BuildAsync(processes, path, appHost.Configuration, (line, isError) => Log.Line(logger, isError ? LogLevel.Error : LogLevel.Information, line), cancellationToken).ConfigureAwait(false);
            return exitCode == 0 ? null : $"Build of '{project.Name}' failed with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}.";
        }
        catch (DistributedApplicationException exception)
        {
            return exception.Message;
        }
    }

    private bool IsRunning(string instance) =>
        notifications.TryGetCurrentState(instance, out var current) && current.Snapshot.State?.Text is { } state && (state == KnownResourceStates.Running || state == KnownResourceStates.Waiting);

    private static partial class Log
    {
        [LoggerMessage(Message = "{Line}")]
        public static partial void Line(ILogger logger, LogLevel level, string line);
    }
}
