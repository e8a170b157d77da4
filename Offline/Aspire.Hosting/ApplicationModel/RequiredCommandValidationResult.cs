using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether a program will do.</summary>
[Experimental("ASPIRECOMMAND001")]
public sealed class RequiredCommandValidationResult
{
    private RequiredCommandValidationResult(string? validationMessage) => ValidationMessage = validationMessage;

    /// <summary>Whether it will do.</summary>
    [MemberNotNullWhen(false, nameof(ValidationMessage))]
    public bool IsValid => ValidationMessage is null;

    /// <summary>Why it won't do.</summary>
    public string? ValidationMessage { get; }

    /// <summary>It will do.</summary>
    public static RequiredCommandValidationResult Success() => new(null);

    /// <summary>It won't do.</summary>
    public static RequiredCommandValidationResult Failure(string message) => new(message ?? throw new ArgumentNullException(nameof(message)));
}
