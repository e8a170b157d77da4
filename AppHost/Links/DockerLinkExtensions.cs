using System.Globalization;

namespace Aspire.Hosting;

/// <summary>The environment variables of Docker's <c>--link</c>, beside Aspire's, for programs written for them.</summary>
internal static class DockerLinkExtensions
{
    /// <summary>
    /// Adds <c>ALIAS_PORT_6379_TCP</c> and its parts, <c>ALIAS_NAME</c> and <c>ALIAS_ENV_*</c>. <c>ALIAS_PORT</c>, a URL in Docker, is left
    /// to Aspire, where it is a number. They are for running here: what is published has the names its platform gives.
    /// </summary>
    public static IResourceBuilder<T> WithDockerLinkVariables<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> source, string? alias = null)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(async context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                await AddVariablesAsync(context, builder.Resource, source.Resource, alias ?? source.Resource.Name);
            }
        });

    private static async Task AddVariablesAsync(EnvironmentCallbackContext context, IResource consumer, IResource source, string alias)
    {
        var prefix = PrefixOf(alias);
        foreach (var endpoint in ExposedEndpoints(source))
        {
            // A process needs an address that stands in a hosts file, a container the name it resolves.
            var host = endpoint.Property(consumer.IsContainer() ? EndpointProperty.Host : EndpointProperty.IPV4Host);
            var port = endpoint.Property(EndpointProperty.Port);
            var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}_PORT_{endpoint.TargetPort}_TCP");
            context.EnvironmentVariables[name] = ReferenceExpression.Create($"tcp://{host}:{port}");
            context.EnvironmentVariables[name + "_ADDR"] = ReferenceExpression.Create($"{host}");
            context.EnvironmentVariables[name + "_PORT"] = ReferenceExpression.Create($"{port}");
            context.EnvironmentVariables[name + "_PROTO"] = "tcp";
        }

        context.EnvironmentVariables[prefix + "_NAME"] = $"/{consumer.Name}/{alias}";
        foreach (var (name, value) in await EnvironmentOfAsync(source, context))
        {
            context.EnvironmentVariables[$"{prefix}_ENV_{name}"] = value;
        }
    }

    /// <summary>The endpoints with the port the source listens on inside, which is the number in Docker's names.</summary>
    private static IEnumerable<EndpointReference> ExposedEndpoints(IResource source) =>
        source is IResourceWithEndpoints withEndpoints
            ? source.Annotations.OfType<EndpointAnnotation>()
                .Where(endpoint => endpoint.TargetPort is not null)
                .Select(endpoint => withEndpoints.GetEndpoint(endpoint.Name))
            : [];

    private static async Task<Dictionary<string, object>> EnvironmentOfAsync(IResource source, EnvironmentCallbackContext context)
    {
        var variables = new Dictionary<string, object>();
        var sourceContext = new EnvironmentCallbackContext(context.ExecutionContext, source, variables, context.CancellationToken);
        foreach (var annotation in source.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(sourceContext);
        }

        variables.Remove("PATH");
        return variables;
    }

    private static string PrefixOf(string alias) =>
        string.Concat(alias.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_'));
}
