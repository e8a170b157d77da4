using System.Collections.Immutable;
using Shown = Aspire.Dashboard.Resources;

namespace Aspire.Hosting.Execution;

/// <summary>Inputs as the dashboard takes them.</summary>
internal static class InteractionInputs
{
    public static ImmutableArray<Shown.InteractionInput> Show(IEnumerable<InteractionInput> inputs) =>
    [
        .. inputs.Select(input => new Shown.InteractionInput
        {
            Name = input.Name,
            Label = input.Label,
            InputType = TypeName(input.InputType),
            Required = input.Required,
            Placeholder = input.Placeholder,
            Description = input.Description,
            Value = input.Value,
            MaxLength = input.MaxLength,
            Disabled = input.Disabled,
            Options = input.Options is { } options ? [.. options] : [],
        }),
    ];

    private static string TypeName(InputType type) => type switch
    {
        InputType.SecretText => "secret",
        InputType.Choice => "choice",
        InputType.Boolean => "boolean",
        InputType.Number => "number",
        _ => "text",
    };
}
