using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Publishing;

/// <summary>The environment and arguments of resources as they are published: with expressions in place of values.</summary>
internal static class PublishedValues
{
    public static async Task<Dictionary<string, object>> EnvironmentAsync(IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        Dictionary<string, object> variables = [];
        await ResourceCallbacks.AddEnvironmentAsync(variables, resource, executionContext, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        return variables.Where(variable => variable.Value is not null).ToDictionary();
    }

    public static async Task<List<object>> ArgumentsAsync(IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        List<object> arguments = [];
        await ResourceCallbacks.AddArgumentsAsync(arguments, resource, executionContext, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        return [.. arguments.Where(argument => argument is not null)];
    }

    public static string? Expression(object? value) => value switch
    {
        null => null,
        string text => text,
        IManifestExpressionProvider expression => expression.ValueExpression,
        IResourceBuilder<IResource> { Resource: IManifestExpressionProvider resource } => resource.ValueExpression,
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
