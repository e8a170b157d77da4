#pragma warning disable ASPIRECOMMAND001 // It is ours.
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Looks for the programs resources need where a shell looks for them.</summary>
internal sealed class RequiredCommandValidator(IServiceProvider services) : IRequiredCommandValidator
{
    public async Task<RequiredCommandValidationResult> ValidateAsync(IResource resource, RequiredCommandAnnotation annotation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(annotation);
        if (string.IsNullOrWhiteSpace(annotation.Command))
        {
            throw new InvalidOperationException($"Required command on resource '{resource.Name}' cannot be null or empty.");
        }

        if (ExecutableFinder.Find(annotation.Command, Environment.CurrentDirectory, Environment.GetEnvironmentVariable("PATH")) is not { } path)
        {
            return Failure($"Required command '{annotation.Command}' was not found on PATH or at the specified location.");
        }

        if (annotation.ValidationCallback is not { } validate)
        {
            return RequiredCommandValidationResult.Success();
        }

        var result = await validate(new RequiredCommandValidationContext(path, services, cancellationToken)).ConfigureAwait(false);
        return result.IsValid ? result : Failure($"Command '{annotation.Command}' validation failed: {result.ValidationMessage}");

        RequiredCommandValidationResult Failure(string message) => RequiredCommandValidationResult.Failure(
            annotation.HelpLink is { } link ? $"{message.TrimEnd('.')}. For installation instructions, see: {link}" : message);
    }
}
