using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The inputs a parameter is entered with.</summary>
internal static class ParameterInputs
{
    public static InteractionInput For(ParameterResource parameter) =>
        parameter.Annotations.OfType<InputGeneratorAnnotation>().LastOrDefault() is { } own ? Named(own.InputGenerator(parameter), parameter.Name) : Default(parameter);

    // The answer is found by the name of the parameter.
    private static InteractionInput Named(InteractionInput input, string name) => new()
    {
        Name = name,
        Label = input.Label ?? name,
        InputType = input.InputType,
        Placeholder = input.Placeholder,
        Description = input.Description,
        EnableDescriptionMarkdown = input.EnableDescriptionMarkdown,
        Required = input.Required,
        Options = input.Options,
        AllowCustomChoice = input.AllowCustomChoice,
        MaxLength = input.MaxLength,
        Value = input.Value,
        DynamicLoading = input.DynamicLoading,
        Disabled = input.Disabled,
    };

    private static InteractionInput Default(ParameterResource parameter) => new()
    {
        Name = parameter.Name,
        Label = parameter.Name,
        InputType = parameter.Secret ? InputType.SecretText : InputType.Text,
        Placeholder = $"Enter value for {parameter.Name}",
        Description = parameter.Description,
        EnableDescriptionMarkdown = parameter.EnableDescriptionMarkdown,
    };

    public static InteractionInput Save(string name) => new()
    {
        Name = name,
        Label = "Save to user secrets",
        InputType = InputType.Boolean,
        Value = "false",
    };
}
