using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Evaluates values for a platform: endpoints to its names and ports, parameters to its placeholders, all else to text.</summary>
internal sealed class PublishedText(DistributedApplicationExecutionContext executionContext, PublishedPorts ports, IPublishTarget target)
{
    public async ValueTask<string> OfAsync(object? value, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case null:
                return "";
            case IResourceBuilder<IResource> builder:
                return await OfAsync(builder.Resource, cancellationToken).ConfigureAwait(false);
            case EndpointReference reference:
                return Of(reference, EndpointProperty.Url);
            case EndpointReferenceExpression part:
                return Of(part.Endpoint, part.Property);
            case ParameterResource parameter:
                return target.Placeholder(parameter);
            case ReferenceExpression { IsConditional: true } conditional:
                var context = new ValueProviderContext { ExecutionContext = executionContext };
                return await OfAsync(await conditional.ChooseAsync(context, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            case ReferenceExpression expression:
                return await FormatAsync(expression, cancellationToken).ConfigureAwait(false);
            case ConnectionStringReference { Resource: var resource }:
                return await OfAsync(resource, cancellationToken).ConfigureAwait(false);
            case IResourceWithConnectionString resource:
                return await OfAsync(resource.ConnectionStringExpression, cancellationToken).ConfigureAwait(false);
            case IManifestExpressionProvider other:
                return target.Placeholder(other);
            default:
                return PublishedValues.Expression(value) ?? "";
        }
    }

    /// <summary>Whether the port is known, and not left to the image.</summary>
    public bool HasOwnPort(IResource resource, EndpointAnnotation endpoint) => ports.TargetPort(resource, endpoint) is not null;

    /// <summary>The port the resource listens on.</summary>
    public string Port(IResource resource, EndpointAnnotation endpoint) =>
        ports.TargetPort(resource, endpoint)?.ToString(CultureInfo.InvariantCulture) ?? target.PortOfImage(resource, endpoint);

    /// <summary>The port at which the others reach the endpoint.</summary>
    public string ReachedPort(IResource resource, EndpointAnnotation endpoint) =>
        target.HasPortsOfItsOwn && HasOwnPort(resource, endpoint) && endpoint.Port is { } port and not 0 ? port.ToString(CultureInfo.InvariantCulture) : Port(resource, endpoint);

    private string Of(EndpointReference reference, EndpointProperty property)
    {
        var endpoint = reference.EndpointAnnotation;
        var host = target.Host(reference.Resource);
        var port = ReachedPort(reference.Resource, endpoint);
        return property switch
        {
            EndpointProperty.Url => $"{endpoint.UriScheme}://{host}:{port}",
            EndpointProperty.Host or EndpointProperty.IPV4Host => host,
            EndpointProperty.Port => port,
            EndpointProperty.TargetPort => Port(reference.Resource, endpoint),
            EndpointProperty.HostAndPort => $"{host}:{port}",
            EndpointProperty.Scheme => endpoint.UriScheme,
            EndpointProperty.TlsEnabled => endpoint.TlsEnabled ? bool.TrueString : bool.FalseString,
            _ => throw new InvalidOperationException($"The property '{property}' is not supported for the endpoint '{reference.EndpointName}'."),
        };
    }

    private async Task<string> FormatAsync(ReferenceExpression expression, CancellationToken cancellationToken)
    {
        var values = new object?[expression.ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            // Placeholders cannot be percent-encoded here, so that a format is left out, as published.
            values[i] = await OfAsync(expression.ValueProviders[i], cancellationToken).ConfigureAwait(false);
        }

        return string.Format(CultureInfo.InvariantCulture, target.Format(expression.Format), values);
    }
}
