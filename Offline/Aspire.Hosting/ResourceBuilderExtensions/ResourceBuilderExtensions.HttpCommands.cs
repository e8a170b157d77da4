#pragma warning disable CA1308 // Command names are lower-case.
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a command that sends an HTTP request to an endpoint of the resource.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(this IResourceBuilder<TResource> builder, string path, string displayName, [EndpointName] string? endpointName = null, string? commandName = null, HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithHttpCommand(path, displayName, commandOptions?.EndpointSelector ?? HttpEndpoints.Selector(builder, endpointName, "command"), commandName, commandOptions);
    }

    /// <summary>Adds a command that sends an HTTP request to an endpoint.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(this IResourceBuilder<TResource> builder, string path, string displayName, Func<EndpointReference>? endpointSelector, string? commandName = null, HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(displayName);

        var endpoint = (endpointSelector ?? HttpEndpoints.Selector(builder, endpointName: null, "command"))();
        HttpEndpoints.Check(builder.Resource, endpoint, "command");

        var options = commandOptions ?? new HttpCommandOptions();
        var command = new HttpCommand(endpoint, path, options);
        options.UpdateState ??= context => HttpCommand.StateOf(context.ResourceSnapshot);
        return builder.WithCommand(commandName ?? $"{endpoint.Resource.Name}-{endpoint.EndpointName}-http-{command.Method.Method.ToLowerInvariant()}-{path}", displayName, command.ExecuteAsync, options);
    }
}
