using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The inputs a parameter is entered with.</summary>
internal static class ParameterInputs
{
    public static InteractionInput For(ParameterResource parameter) => new()
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
