using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Execution;

/// <summary>The evaluated environment and arguments of one instance.</summary>
/// <param name="Variables">Name, value, and whether the value is made of secrets, in the order they were set.</param>
/// <param name="Arguments">The arguments, each with whether it is made of secrets.</param>
internal sealed record ResourceEnvironment(
    IReadOnlyList<(string Name, string Value, bool IsSecret)> Variables,
    IReadOnlyList<(string Value, bool IsSecret)> Arguments);

/// <summary>Evaluates the environment and the arguments of a resource, for each instance and each start.</summary>
internal sealed class ResourceEnvironmentEvaluator(DistributedApplicationExecutionContext executionContext, ValueResolver values)
{
    public async Task<ResourceEnvironment> EvaluateAsync(IResource resource, string instance, Func<string, int?> portOf, ILogger logger, CancellationToken cancellationToken)
    {
        Dictionary<string, object> environment = [];
        await ResourceCallbacks.AddEnvironmentAsync(environment, resource, executionContext, logger, cancellationToken).ConfigureAwait(false);
        List<object> arguments = [];
        await ResourceCallbacks.AddArgumentsAsync(arguments, resource, executionContext, logger, cancellationToken).ConfigureAwait(false);
        var variables = await VariablesAsync(environment, resource, instance, portOf, cancellationToken).ConfigureAwait(false);
        List<(string, bool)> texts = [];
        foreach (var value in arguments)
        {
            if (await TextAsync(value, "an argument", resource, instance, portOf, cancellationToken).ConfigureAwait(false) is { } text)
            {
                texts.Add((text, Secrets.Within(value)));
            }
        }

        return new ResourceEnvironment(variables, texts);
    }

    /// <summary>The variables that a start by command would give the instance now.</summary>
    public async Task<List<(string Name, string Value, bool IsSecret)>> VariablesNowAsync(IResource resource, string instance, Func<string, int?> portOf, ILogger logger, CancellationToken cancellationToken)
    {
        var environment = await ResourceCallbacks.EnvironmentNowAsync(resource, executionContext, logger, cancellationToken).ConfigureAwait(false);
        return await VariablesAsync(environment, resource, instance, portOf, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<(string Name, string Value, bool IsSecret)>> VariablesAsync(Dictionary<string, object> environment, IResource resource, string instance, Func<string, int?> portOf, CancellationToken cancellationToken)
    {
        List<(string, string, bool)> variables = [];
        foreach (var (name, value) in environment)
        {
            // A value that is not there, as that of an optional reference, leaves no variable.
            if (await TextAsync(value, $"environment variable '{name}'", resource, instance, portOf, cancellationToken).ConfigureAwait(false) is { } text)
            {
                variables.Add((name, text, Secrets.Within(value)));
            }
        }

        return variables;
    }

    private async Task<string?> TextAsync(object? value, string what, IResource resource, string instance, Func<string, int?> portOf, CancellationToken cancellationToken)
    {
        try
        {
            return await values.ResolveAsync(value, resource, cancellationToken).ConfigureAwait(false) is { } text
                ? InstanceTemplate.Fill(text, resource, instance, portOf)
                : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new DistributedApplicationException($"Resource '{resource.Name}': {what} has no value. {exception.Message}", exception);
        }
    }
}
