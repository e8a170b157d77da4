using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>Shows parameters as resources, asks for the values that are missing, and lets those who need them wait.</summary>
internal sealed partial class ParameterProcessor(
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IInteractionService interactions,
    IConfigurationManager configuration,
    IUserSecretsManager secrets,
    IHostApplicationLifetime lifetime,
    IServiceProvider services,
    ILogger<ParameterProcessor> logger) : IDisposable
{
    private const string SaveInput = "save-to-user-secrets";

    private readonly Lock _gate = new();
    private readonly List<ParameterResource> _missing = [];

    // While somebody is asked; cancelled when nothing is missing any more.
    private CancellationTokenSource? _asking;

    /// <summary>Evaluates a parameter and shows what came of it.</summary>
    public async Task StartAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        ParameterCommands.Add(parameter, this);
        try
        {
            var value = await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
            await ShowAsync(parameter, value ?? "").ConfigureAwait(false);
        }
        catch (MissingParameterValueException exception)
        {
            if (!interactions.IsAvailable)
            {
                Log.Missing(logger, parameter.Name, exception.Message);
            }

            await BlockAsync(parameter).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception, parameter.Name);
            await notifications.PublishUpdateAsync(parameter, snapshot => Basics(parameter, snapshot) with
            {
                State = new ResourceStateSnapshot("Error initializing parameter", KnownResourceStateStyles.Error),
                Properties = Basics(parameter, snapshot).Properties.With(KnownProperties.ParameterValue, exception.Message),
            }).ConfigureAwait(false);
        }
    }

    /// <summary>Gives a parameter its value, from now on or, with user secrets, for every run.</summary>
    public async Task SetAsync(ParameterResource parameter, string value, bool save)
    {
        if (save && secrets.IsAvailable)
        {
            secrets.TrySetSecret(Key(parameter), value);
        }

        CancellationTokenSource? answered = null;
        lock (_gate)
        {
            _missing.Remove(parameter);
            if (_missing.Count == 0)
            {
                (answered, _asking) = (_asking, null);
            }
        }

        configuration[Key(parameter)] = value;
        parameter.Resolve(value);
        await ShowAsync(parameter, value).ConfigureAwait(false);
        await (answered?.CancelAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        ValueChanged?.Invoke();
    }

    /// <summary>Takes a parameter its saved value; whoever needs it waits for another.</summary>
    public async Task DeleteAsync(ParameterResource parameter)
    {
        if (secrets.IsAvailable)
        {
            secrets.TryDeleteSecret(Key(parameter));
        }

        configuration[Key(parameter)] = null;
        await BlockAsync(parameter).ConfigureAwait(false);
    }

    /// <summary>Raised when a parameter has another value.</summary>
    public event Action? ValueChanged;

    /// <summary>Whether values can be kept for the next run.</summary>
    public bool CanSave => secrets.IsAvailable;

    public void Dispose() => _asking?.Dispose();

    private static string Key(ParameterResource parameter) => parameter.ConfigurationKey;

    private static CustomResourceSnapshot Basics(ParameterResource parameter, CustomResourceSnapshot snapshot) => snapshot with
    {
        ResourceType = "Parameter",
        Properties = snapshot.Properties.With(KnownProperties.Source, Key(parameter)),
    };

    private async Task ShowAsync(ParameterResource parameter, string value)
    {
        var ready = eventing.PublishAsync(new ResourceReadyEvent(parameter, services));
        await notifications.PublishUpdateAsync(parameter, snapshot => Basics(parameter, snapshot) with
        {
            State = KnownResourceStates.Running,
            Properties = Basics(parameter, snapshot).Properties.With(KnownProperties.ParameterValue, value, parameter.Secret),
            Ready = ready,
        }).ConfigureAwait(false);
    }

    private async Task BlockAsync(ParameterResource parameter)
    {
        if (interactions.IsAvailable)
        {
            // Without somebody to ask, those who need the value fail with the name of the missing key instead.
            parameter.AwaitValue();
        }

        await notifications.PublishUpdateAsync(parameter, snapshot => Basics(parameter, snapshot) with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn),
            Properties = Basics(parameter, snapshot).Properties.With(KnownProperties.ParameterValue, null),
        }).ConfigureAwait(false);
        lock (_gate)
        {
            _missing.Add(parameter);
            if (interactions.IsAvailable && _asking is null)
            {
                var asking = _asking = new CancellationTokenSource();
                _ = Task.Run(() => AskAsync(asking));
            }
        }
    }

    // As long as the host lives, and not as the command that deleted a value.
    private async Task AskAsync(CancellationTokenSource asking)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(asking.Token, lifetime.ApplicationStopping);
        try
        {
            while (Missing() is { Count: > 0 })
            {
                var notification = await interactions.PromptNotificationAsync(
                    "Unresolved parameters",
                    "There are unresolved parameters that need to be set. Please provide values for them.",
                    new NotificationInteractionOptions { Intent = MessageIntent.Warning, PrimaryButtonText = "Enter values" },
                    ends.Token).ConfigureAwait(false);
                if (notification.Canceled || !notification.Data)
                {
                    return;
                }

                await EnterAsync(Missing(), ends.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops, or the values came by other ways.
        }
        catch (Exception exception)
        {
            Log.AskingFailed(logger, exception);
        }
        finally
        {
            lock (_gate)
            {
                _asking = _asking == asking ? null : _asking;
            }
        }
    }

    private async Task EnterAsync(List<ParameterResource> parameters, CancellationToken cancellationToken)
    {
        var inputs = parameters.Select(ParameterInputs.For).ToList();
        if (CanSave)
        {
            inputs.Add(ParameterInputs.Save(SaveInput));
        }

        var result = await interactions.PromptInputsAsync(
            "Set unresolved parameters",
            "Please provide values for the unresolved parameters.",
            inputs,
            new InputsDialogInteractionOptions { PrimaryButtonText = "Save" },
            cancellationToken).ConfigureAwait(false);
        if (result.Canceled)
        {
            return;
        }

        var save = CanSave && result.Data.GetString(SaveInput) is { } text && bool.TryParse(text, out var yes) && yes;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (!string.IsNullOrEmpty(result.Data[i].Value))
            {
                await SetAsync(parameters[i], result.Data[i].Value!, save).ConfigureAwait(false);
            }
        }
    }

    private List<ParameterResource> Missing()
    {
        lock (_gate)
        {
            return [.. _missing];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(0, LogLevel.Error, "Parameter '{Parameter}' has no value: {Reason}")]
        public static partial void Missing(ILogger logger, string parameter, string reason);

        [LoggerMessage(0, LogLevel.Error, "Failed to initialize parameter '{Parameter}'.")]
        public static partial void Failed(ILogger logger, Exception exception, string parameter);

        [LoggerMessage(0, LogLevel.Error, "Asking for the missing parameters failed.")]
        public static partial void AskingFailed(ILogger logger, Exception exception);
    }
}
