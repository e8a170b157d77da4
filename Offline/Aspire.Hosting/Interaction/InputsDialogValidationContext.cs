using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>What a check of entered values gets.</summary>
[Experimental("ASPIREINTERACTION001")]
public sealed class InputsDialogValidationContext
{
    /// <summary>The inputs with their values.</summary>
    public required InteractionInputCollection Inputs { get; init; }

    /// <summary>The services of the host.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Ends the check.</summary>
    public required CancellationToken CancellationToken { get; init; }

    internal bool HasErrors => Inputs.Any(input => input.ValidationErrors.Count > 0);

    /// <summary>Says what is wrong with an input.</summary>
    public void AddValidationError(string inputName, string errorMessage) => AddValidationError(Inputs[inputName], errorMessage);

    /// <summary>Says what is wrong with an input.</summary>
    public void AddValidationError(InteractionInput input, string errorMessage)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrEmpty(errorMessage);
        if (!Inputs.Contains(input))
        {
            throw new ArgumentException($"The input '{input.Name}' is not one of this dialog.", nameof(input));
        }

        input.ValidationErrors.Add(errorMessage);
    }
}
