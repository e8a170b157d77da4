using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Shown = Aspire.Dashboard.Resources;

namespace Aspire.Hosting.Execution;

/// <summary>Holds the open questions of the host until the dashboard brings their answers.</summary>
internal sealed class InteractionService(DistributedApplicationOptions options, IServiceProvider services) : IInteractionService
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Question> _open = [];
    private readonly List<Channel<Shown.Interaction>> _watchers = [];
    private int _lastId;

    public bool IsAvailable => !options.DisableDashboard;

    public async Task<InteractionResult<bool>> PromptConfirmationAsync(string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        await AskAsync(Box(title, message, options, "confirmation"), Answer, cancellationToken).ConfigureAwait(false);

    public async Task<InteractionResult<bool>> PromptMessageBoxAsync(string title, string message, MessageBoxInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        await AskAsync(Box(title, message, options, "none"), Answer, cancellationToken).ConfigureAwait(false);

    public async Task<InteractionResult<bool>> PromptNotificationAsync(string title, string message, NotificationInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        await AskAsync(
            id => Basic(id, Shown.InteractionKind.Notification, title, message, options) with
            {
                Intent = Intent(options?.Intent, "none"),
                LinkText = options?.LinkText,
                LinkUrl = options?.LinkUrl,
            },
            Answer,
            cancellationToken).ConfigureAwait(false);

    public Task<InteractionResult<InteractionInput>> PromptInputAsync(string title, string? message, string inputLabel, string placeHolder, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default) =>
        PromptInputAsync(title, message, new InteractionInput { Name = inputLabel, Label = inputLabel, InputType = InputType.Text, Placeholder = placeHolder, Required = true }, options, cancellationToken);

    public async Task<InteractionResult<InteractionInput>> PromptInputAsync(string title, string? message, InteractionInput input, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = await PromptInputsAsync(title, message, [input], options, cancellationToken).ConfigureAwait(false);
        return result.Canceled ? InteractionResult.Cancel<InteractionInput>() : InteractionResult.Ok(result.Data[0]);
    }

    public async Task<InteractionResult<InteractionInputCollection>> PromptInputsAsync(string title, string? message, IReadOnlyList<InteractionInput> inputs, InputsDialogInteractionOptions? options = null, CancellationToken cancellationToken = default)
    {
        var collection = new InteractionInputCollection(inputs);
        foreach (var input in inputs.Where(input => input.DynamicLoading is { } loading && (loading.AlwaysLoadOnStart || loading.DependsOnInputs is null or { Count: 0 })))
        {
            await input.DynamicLoading!.LoadCallback(new LoadInputContext { Input = input, AllInputs = collection, Services = services, CancellationToken = cancellationToken }).ConfigureAwait(false);
        }

        return await AskAsync(
            id => Basic(id, Shown.InteractionKind.InputsDialog, title, message ?? "", options) with { Inputs = InteractionInputs.Show(inputs) },
            response => response.IsCanceled ? InteractionResult.Cancel<InteractionInputCollection>() : InteractionResult.Ok(collection),
            cancellationToken,
            response => CheckAsync(collection, options, response, cancellationToken)).ConfigureAwait(false);
    }

    public async Task<InteractionResult<bool>> PromptProgressAsync(string message, ProgressInteractionOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = AskAsync(id => Basic(id, Shown.InteractionKind.Progress, options?.Title ?? "", message, options), Answer, work.Token);
        if (options?.Work is not { } run)
        {
            return await answer.ConfigureAwait(false);
        }

        var running = run(new ProgressContext { CancellationToken = work.Token });
        if (await Task.WhenAny(running, answer).ConfigureAwait(false) == running)
        {
            await work.CancelAsync().ConfigureAwait(false);
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await running.ConfigureAwait(false);
            return InteractionResult.Ok(true);
        }

        await work.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return InteractionResult.Cancel(false);
    }

    /// <summary>The open questions, then each change.</summary>
    public async IAsyncEnumerable<Shown.Interaction> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<Shown.Interaction>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (var question in _open.Values)
            {
                channel.Writer.TryWrite(question.Shown);
            }

            _watchers.Add(channel);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
            }
        }
    }

    /// <summary>Takes an answer. What is wrong with it comes back by input; nothing is wrong when that is empty.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RespondAsync(int id, Shown.InteractionResponse response)
    {
        Question? question;
        lock (_gate)
        {
            _open.TryGetValue(id, out question);
        }

        if (question is null)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        var errors = response.IsCanceled ? ImmutableDictionary<string, string>.Empty : await question.Check(response).ConfigureAwait(false);
        if (errors.Count == 0)
        {
            question.Answer.TrySetResult(response);
        }

        return errors;
    }

    private static InteractionResult<bool> Answer(Shown.InteractionResponse response) =>
        response.IsCanceled ? InteractionResult.Cancel(false) : InteractionResult.Ok(response.Result);

    private static Func<int, Shown.Interaction> Box(string title, string message, MessageBoxInteractionOptions? options, string intent) =>
        id => Basic(id, Shown.InteractionKind.MessageBox, title, message, options) with
        {
            Intent = Intent(options?.Intent, intent),
            ShowSecondaryButton = options?.ShowSecondaryButton ?? intent == "confirmation",
        };

    private static Shown.Interaction Basic(int id, Shown.InteractionKind kind, string title, string message, InteractionOptions? options) => new()
    {
        Id = id,
        Kind = kind,
        Title = title,
        Message = message,
        IsMarkdown = options?.EnableMessageMarkdown ?? false,
        PrimaryButtonText = options?.PrimaryButtonText,
        SecondaryButtonText = options?.SecondaryButtonText,
        ShowSecondaryButton = options?.ShowSecondaryButton ?? kind == Shown.InteractionKind.InputsDialog,
    };

#pragma warning disable CA1308 // The dashboard's contract spells intents in lower case.
    private static string Intent(MessageIntent? intent, string usual) => intent?.ToString().ToLowerInvariant() ?? usual;
#pragma warning restore CA1308

    private async Task<IReadOnlyDictionary<string, string>> CheckAsync(InteractionInputCollection inputs, InputsDialogInteractionOptions? options, Shown.InteractionResponse response, CancellationToken cancellationToken)
    {
        foreach (var input in inputs)
        {
            input.ValidationErrors.Clear();
            if (!input.Disabled && response.Values.TryGetValue(input.Name, out var value))
            {
                input.Value = value;
            }
        }

        InputValidation.Check(inputs);
        var context = new InputsDialogValidationContext { Inputs = inputs, Services = services, CancellationToken = cancellationToken };
        if (!context.HasErrors && options?.ValidationCallback is { } validate)
        {
            await validate(context).ConfigureAwait(false);
        }

        return inputs.Where(input => input.ValidationErrors.Count > 0).ToDictionary(input => input.Name, input => string.Join(" ", input.ValidationErrors));
    }

    private async Task<TResult> AskAsync<TResult>(
        Func<int, Shown.Interaction> show,
        Func<Shown.InteractionResponse, TResult> read,
        CancellationToken cancellationToken,
        Func<Shown.InteractionResponse, Task<IReadOnlyDictionary<string, string>>>? check = null)
    {
        if (!IsAvailable)
        {
            throw new InvalidOperationException("InteractionService is not available because the dashboard is not enabled. Use the IsAvailable property to determine whether the service is available.");
        }

        var id = Interlocked.Increment(ref _lastId);
        var question = new Question(show(id), check ?? (_ => Task.FromResult<IReadOnlyDictionary<string, string>>(ImmutableDictionary<string, string>.Empty)));
        lock (_gate)
        {
            _open[id] = question;
            Tell(question.Shown);
        }

        try
        {
            return read(await question.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(id);
                Tell(question.Shown with { IsComplete = true });
            }
        }
    }

    private void Tell(Shown.Interaction interaction) => _watchers.ForEach(watcher => watcher.Writer.TryWrite(interaction));

    private sealed record Question(Shown.Interaction Shown, Func<Shown.InteractionResponse, Task<IReadOnlyDictionary<string, string>>> Check)
    {
        public TaskCompletionSource<Shown.InteractionResponse> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
