using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Checks that the programs are there that resources need.</summary>
[Experimental("ASPIRECOMMAND001")]
public interface IRequiredCommandValidator
{
    /// <summary>Checks one.</summary>
    Task<RequiredCommandValidationResult> ValidateAsync(IResource resource, RequiredCommandAnnotation annotation, CancellationToken cancellationToken);
}
