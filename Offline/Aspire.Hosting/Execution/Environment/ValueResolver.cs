using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Turns what the model holds as a value into the text it stands for in this run, or into its expression where it is published.</summary>
internal sealed class ValueResolver(DistributedApplicationExecutionContext executionContext)
{
    /// <param name="value">A text, a value provider or a plain value.</param>
    /// <param name="caller">The resource that gets the value.</param>
    /// <param name="cancellationToken">Ends the wait for values that are not there yet.</param>
    public async ValueTask<string?> ResolveAsync(object? value, IResource caller, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case null or string:
                return (string?)value;
            case IManifestExpressionProvider expression when executionContext.IsPublishMode:
                return expression.ValueExpression;
            case IValueProvider provider:
                var context = new ValueProviderContext { ExecutionContext = executionContext, Caller = caller, Network = NetworkOf(caller) };
                return await provider.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            case IResourceBuilder<IResource> { Resource: IValueProvider resource }:
                return await ResolveAsync(resource, caller, cancellationToken).ConfigureAwait(false);
            default:
                return Convert.ToString(value, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The network a resource lives in: containers have their own.</summary>
    public static NetworkIdentifier NetworkOf(IResource resource) =>
        resource.IsContainer() ? KnownNetworkIdentifiers.DefaultAspireContainerNetwork : KnownNetworkIdentifiers.LocalhostNetwork;
}
