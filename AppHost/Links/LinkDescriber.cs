using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Link.Protocol;

namespace AppHost.Links;

/// <summary>Describes the link to a source under an alias, with the variables that Aspire itself would give a consumer at this moment.</summary>
internal sealed class LinkDescriber(IDistributedApplicationBuilder builder, DistributedApplicationExecutionContext executionContext)
{
    /// <param name="resourceId">The running instance of the source, which gives the link its id.</param>
    public async Task<LinkDescription> DescribeAsync(IResourceWithConnectionString source, string resourceId, string alias, CancellationToken cancellationToken)
    {
        // A consumer that is in no model: it borrows the evaluation of real ones.
        var sourceBuilder = builder.CreateResourceBuilder(source);
        var consumer = builder.CreateResourceBuilder(new OutsideConsumer());
        consumer.WithReference(sourceBuilder, connectionName: alias).WithDockerLinkVariables(sourceBuilder, alias);
        var variables = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(executionContext, consumer.Resource, variables, cancellationToken);
        foreach (var annotation in consumer.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context);
        }

        var environment = new List<LinkVariable>();
        foreach (var (name, value) in variables)
        {
            environment.Add(new LinkVariable(name, await LinkValue.GetAsync(value, consumer.Resource, cancellationToken) ?? "", LinkValue.IsSecret(value)));
        }

        return Describe(source, resourceId, alias, environment) is var link && link.Host is { } host
            ? link with { Address = await ResolveAsync(host, cancellationToken) }
            : link;
    }

    private static LinkDescription Describe(IResource source, string resourceId, string alias, List<LinkVariable> environment)
    {
        var prefix = PropertyPrefix(alias);
        string? Property(string name) => environment.Find(variable => variable.Name == prefix + name)?.Value;
        var uri = Uri.TryCreate(Property("URI"), UriKind.Absolute, out var parsed) ? parsed : null;
        var connectionString = ConnectionStringOf(alias, environment);
        var (host, port) = Property("HOST") is { Length: > 0 } named
            ? (named, Property("PORT"))
            : FirstServer(connectionString);
        return new LinkDescription
        {
            Source = source.Name,
            Alias = alias,
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(resourceId)).AsSpan(0, 6)),
            Host = host,
            Port = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
            TargetPort = source.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.TargetPort is not null)?.TargetPort,
            Username = Property("USERNAME"),
            Password = Property("PASSWORD"),
            Tls = uri?.Scheme == "rediss" || (connectionString?.Contains(",ssl=true", StringComparison.OrdinalIgnoreCase) ?? false),
            Environment = environment,
        };
    }

    private static string? ConnectionStringOf(string alias, List<LinkVariable> environment) =>
        environment.Find(variable => variable.Name == $"ConnectionStrings__{alias}")?.Value;

    /// <summary>The first <c>host:port</c> of a connection string that starts with it, as Redis's do.</summary>
    private static (string? Host, string? Port) FirstServer(string? connectionString) =>
        connectionString?.Split(',')[0].Split(':') is [{ Length: > 0 } host, var port] && !host.Contains('=', StringComparison.Ordinal) && !host.Contains('/', StringComparison.Ordinal)
            ? (host, port)
            : (null, null);

    /// <summary>Aspire's prefix of connection properties: every other character becomes an underscore, a leading digit gets one.</summary>
    private static string PropertyPrefix(string alias)
    {
        var encoded = string.Concat(alias.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_'));
        return (char.IsAsciiDigit(encoded[0]) ? "_" : "") + encoded + "_";
    }

    private static async Task<string?> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        // Aspire's endpoints listen on the IPv4 loopback wherever localhost leads first.
        if (host is "localhost")
        {
            return IPAddress.Loopback.ToString();
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return (addresses.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? addresses.FirstOrDefault())?.ToString();
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private sealed class OutsideConsumer() : Resource("link"), IResourceWithEnvironment;
}
