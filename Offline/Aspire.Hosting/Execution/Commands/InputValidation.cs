using System.Globalization;

namespace Aspire.Hosting.Execution;

/// <summary>The checks that follow from what an input declares.</summary>
internal static class InputValidation
{
    private const int LongestText = 1_000_000;

    public static void Check(IEnumerable<InteractionInput> inputs)
    {
        foreach (var input in inputs)
        {
            if (Error(input) is { } error)
            {
                input.ValidationErrors.Add(error);
            }
        }
    }

    private static string? Error(InteractionInput input)
    {
        if (string.IsNullOrEmpty(input.Value))
        {
            return input.Required ? "Value is required." : null;
        }

        return input.InputType switch
        {
            InputType.Boolean when !bool.TryParse(input.Value, out _) => "Value must be a valid boolean.",
            InputType.Number when !double.TryParse(input.Value, CultureInfo.InvariantCulture, out _) => "Value must be a valid number.",
            InputType.Choice when !input.AllowCustomChoice && input.Options is { } options && options.All(option => option.Key != input.Value) => "Value must be one of the provided options.",
            InputType.Text or InputType.SecretText when input.Value.Length > (input.MaxLength ?? LongestText) => $"Value exceeds maximum length of {input.MaxLength ?? LongestText} characters.",
            _ => null,
        };
    }
}
