using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Puts given arguments into the inputs a command declares, and checks them.</summary>
internal static class CommandArguments
{
    public static async Task<(InteractionInputCollection Inputs, string? Error)> BindAsync(
        ResourceCommandAnnotation command,
        InteractionInputCollection given,
        IServiceProvider services,
        CancellationToken cancellationToken)
    {
        var inputs = new InteractionInputCollection([.. command.Arguments.Select(declared => Fill(declared, given))]);
        if (given.Names.FirstOrDefault(name => !inputs.ContainsName(name)) is { } unknown && inputs.Count > 0)
        {
            return (inputs, $"Command '{command.Name}' has no argument '{unknown}'.");
        }

        // Without declared inputs, what was given is passed on as it is.
        inputs = inputs.Count == 0 ? given : inputs;
        InputValidation.Check(inputs);
        var context = new InputsDialogValidationContext { Inputs = inputs, Services = services, CancellationToken = cancellationToken };
        if (!context.HasErrors && command.ValidateArguments is { } validate)
        {
            await validate(context).ConfigureAwait(false);
        }

        return (inputs, context.HasErrors ? string.Join(" ", inputs.SelectMany(input => input.ValidationErrors.Select(error => $"{input.Label ?? input.Name}: {error}"))) : null);
    }

    private static InteractionInput Fill(InteractionInput declared, InteractionInputCollection given) => new()
    {
        Name = declared.Name,
        Label = declared.Label,
        Description = declared.Description,
        EnableDescriptionMarkdown = declared.EnableDescriptionMarkdown,
        InputType = declared.InputType,
        Required = declared.Required,
        Options = declared.Options,
        Placeholder = declared.Placeholder,
        AllowCustomChoice = declared.AllowCustomChoice,
        MaxLength = declared.MaxLength,
        Disabled = declared.Disabled,
        Value = given.TryGetByName(declared.Name, out var input) && input.Value is not null ? input.Value : declared.Value,
    };
}
