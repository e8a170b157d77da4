using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What who checks a program gets.</summary>
/// <param name="resolvedPath">The path of the program.</param>
/// <param name="services">The services of the host.</param>
/// <param name="cancellationToken">Ends the check.</param>
[Experimental("ASPIRECOMMAND001")]
public sealed class RequiredCommandValidationContext(string resolvedPath, IServiceProvider services, CancellationToken cancellationToken)
{
    /// <summary>The path of the program.</summary>
    public string ResolvedPath { get; } = resolvedPath ?? throw new ArgumentNullException(nameof(resolvedPath));

    /// <summary>The services of the host.</summary>
    public IServiceProvider Services { get; } = services ?? throw new ArgumentNullException(nameof(services));

    /// <summary>Ends the check.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

#pragma warning disable CA1822 // Published as members of the instance.
    /// <summary>It will do.</summary>
    public RequiredCommandValidationResult Success() => RequiredCommandValidationResult.Success();

    /// <summary>It won't do.</summary>
    public RequiredCommandValidationResult Failure(string validationMessage) => RequiredCommandValidationResult.Failure(validationMessage);
#pragma warning restore CA1822
}
