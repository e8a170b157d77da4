using Microsoft.Extensions.DependencyInjection;

// An AppHost with what the tutorial's has no use for; tests look at it on its dashboard.
var builder = DistributedApplication.CreateBuilder(args);

var greeting = builder.AddParameter("greeting").WithDescription("What the worker says.");
var token = builder.AddParameter("token", secret: true);
builder.AddExecutable("waiting", "sh", ".", "-c", "echo $GREETING; exec sleep 1000").WithEnvironment("GREETING", greeting).WithEnvironment("TOKEN", token);
builder.AddExecutable("migration", "sh", ".", "-c", "echo migrated; exec sleep 1000").WithHidden();
builder.AddExecutable("worker", "sh", ".", "-c", "seq -f 'line %.0f' 2500; exec sleep 1000")
    .WithCommand("as-json", "As JSON", _ => Task.FromResult(CommandResults.Success("Counted.", """{"requests":42,"name":"<b>"}""", CommandResultFormat.Json, displayImmediately: true)))
    .WithCommand("as-markdown", "As Markdown", _ => Task.FromResult(CommandResults.Success("Counted.", "# Requests\n\n- **42** of <b>them</b>", CommandResultFormat.Markdown, displayImmediately: true)))
    .WithCommand("refuse", "Refuse", _ => Task.FromResult(CommandResults.Failure("It does not want to.", """{"reason":"tired"}""", CommandResultFormat.Json)))
    .WithCommand("break", "Break", _ => throw new InvalidOperationException("It broke."))
    .WithCommand("delete", "Delete", context => AskAsync(context, interactions => interactions.PromptConfirmationAsync("Delete it?", "All **42** are lost.", new() { EnableMessageMarkdown = true })))
    .WithCommand("tell", "Tell", context => AskAsync(context, interactions => interactions.PromptNotificationAsync("Newer images", "There are newer images.", new() { PrimaryButtonText = "Pull them", LinkText = "Which", LinkUrl = "https://example.com/images" })))
    .WithCommand("work", "Work", context => AskAsync(context, interactions => interactions.PromptProgressAsync("It takes until it is called off.", new() { Title = "Working", Work = work => Task.Delay(Timeout.Infinite, work.CancellationToken) })))
    .WithCommand("choose", "Choose", ChooseAsync, new CommandOptions { Arguments = [new() { Name = "title", Label = "Title", InputType = InputType.Text, Required = true }] });

builder.Build().Run();

static async Task<ExecuteCommandResult> AskAsync(ExecuteCommandContext context, Func<IInteractionService, Task<InteractionResult<bool>>> ask)
{
    var answer = await ask(context.Services.GetRequiredService<IInteractionService>());
    return CommandResults.Success(answer.Canceled ? "Called off." : answer.Data ? "Yes." : "No.");
}

static async Task<ExecuteCommandResult> ChooseAsync(ExecuteCommandContext context)
{
    var answer = await context.Services.GetRequiredService<IInteractionService>().PromptInputsAsync(
        context.Arguments.GetString("title")!,
        "Where it goes.",
        [
            new() { Name = "region", Label = "Region", InputType = InputType.Choice, Required = true, Options = [new("eu", "Europe"), new("us", "America")] },
            new() { Name = "size", Label = "Size", InputType = InputType.Number, Value = "1" },
            new() { Name = "spare", Label = "A spare one", InputType = InputType.Boolean },
        ],
        new()
        {
            ValidationCallback = validation =>
            {
                if (validation.Inputs.GetString("size") is not "3")
                {
                    validation.AddValidationError("size", "Three is the size there is.");
                }

                return Task.CompletedTask;
            },
        },
        context.CancellationToken);
    return answer.Canceled ? CommandResults.Canceled() : CommandResults.Success("Chosen.", string.Join('\n', answer.Data.Select(input => $"{input.Name}={input.Value}")), CommandResultFormat.Text, displayImmediately: true);
}
