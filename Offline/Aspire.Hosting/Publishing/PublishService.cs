using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Publishes the model once the host has started, then stops it: with exit code 1 when that failed.</summary>
internal sealed partial class PublishService(IServiceProvider services, IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<PublishService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Started().ConfigureAwait(false);
        var step = configuration["Pipeline:Step"];
        try
        {
            await PublishAsync(step, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // By Ctrl+C, for example: nothing was published.
            Environment.ExitCode = 1;
            Log.Canceled(logger, step);
        }
        catch (Exception exception)
        {
            Environment.ExitCode = 1;
            Log.Failed(logger, step, Flat(exception.GetBaseException().Message));
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task PublishAsync(string? step, CancellationToken cancellationToken)
    {
        var model = services.GetRequiredService<DistributedApplicationModel>();
        var eventing = services.GetRequiredService<IDistributedApplicationEventing>();
        await eventing.PublishAsync(new BeforePublishEvent(services, model), cancellationToken).ConfigureAwait(false);
        switch (step)
        {
            case ManifestPublisher.Step:
                await services.GetRequiredService<ManifestPublisher>().PublishAsync(configuration["Pipeline:OutputPath"], cancellationToken).ConfigureAwait(false);
                break;
            case PublishStepAnnotation.Step:
                await PublishEnvironmentsAsync(model, cancellationToken).ConfigureAwait(false);
                break;
            case not null:
                throw new DistributedApplicationException($"Step '{step}' not found in pipeline. Available steps: '{PublishStepAnnotation.Step}', '{ManifestPublisher.Step}'.");
        }

        await eventing.PublishAsync(new AfterPublishEvent(services, model), cancellationToken).ConfigureAwait(false);
    }

    private async Task PublishEnvironmentsAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        var outputPath = Path.GetFullPath(configuration["Pipeline:OutputPath"] ?? Path.Combine(Environment.CurrentDirectory, "aspire-output"));
        var environments = model.Resources.Where(resource => resource.Annotations.OfType<PublishStepAnnotation>().Any()).ToList();
        foreach (var environment in environments)
        {
            // Each has a directory of its own where there are several.
            var directory = environments.Count == 1 ? outputPath : Path.Combine(outputPath, environment.Name);
            var context = new PublishStepContext(model, services.GetRequiredService<DistributedApplicationExecutionContext>(), services, directory, cancellationToken);
            foreach (var step in environment.Annotations.OfType<PublishStepAnnotation>().ToList())
            {
                await step.Publish(context).ConfigureAwait(false);
            }
        }
    }

    private async Task Started()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult).ConfigureAwait(false);
        await started.Task.ConfigureAwait(false);
    }

    private static string Flat(string message) => message.ReplaceLineEndings(" ");

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Error, "Step '{Step}' failed: {Reason}")]
        public static partial void Failed(ILogger logger, string? step, string reason);

        [LoggerMessage(0, LogLevel.Error, "Step '{Step}' was canceled.")]
        public static partial void Canceled(ILogger logger, string? step);
    }
}
