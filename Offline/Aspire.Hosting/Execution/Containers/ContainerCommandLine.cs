using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Builds the command line that creates a container. The environment is not on it: other users can read command lines.</summary>
internal static class ContainerCommandLine
{
    public const string SpecLabel = "aspire.spec";

    public static async Task<List<string>> CreateAsync(InstanceStart start, string containerName, string image, string network, string appHostHash, IReadOnlyList<string> linkAliases, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var resource = start.Resource;
        List<string> line = ["create", "--name", containerName, "--network", network];
        foreach (var alias in Aliases(resource).Concat(linkAliases).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            line.AddRange(["--network-alias", alias]);
        }

        foreach (var (endpoint, port) in start.TargetPorts.OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
        {
            var inside = endpoint.TargetPort ?? port;
            line.AddRange(["--publish", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}:{inside}/{Protocol(endpoint)}")]);
        }

        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            line.AddRange(["--mount", Mount(mount)]);
        }

        if ((resource as ContainerResource)?.Entrypoint is { Length: > 0 } entrypoint)
        {
            line.AddRange(["--entrypoint", entrypoint]);
        }

        line.AddRange(["--label", $"aspire.apphost={appHostHash}", "--label", $"aspire.resource={resource.Name}"]);
        line.AddRange(await RuntimeArgumentsAsync(resource, cancellationToken).ConfigureAwait(false));
        line.AddRange(["--label", $"{SpecLabel}={Hash(line, start.Environment, image)}"]);
        line.Add(image);
        line.AddRange(Arguments(resource, arguments));
        return line;
    }

    /// <summary>The arguments as the container gets them: as one script when a shell is to run them.</summary>
    public static IReadOnlyList<string> Arguments(IResource resource, IReadOnlyList<string> arguments) =>
        (resource as ContainerResource)?.ShellExecution == true && arguments.Count > 0 ? ["-c", string.Join(' ', arguments)] : arguments;

    /// <summary>The names by which other containers know this one.</summary>
    public static IEnumerable<string> Aliases(IResource resource) =>
        new[] { resource.Name, $"{resource.Name}.dev.internal" }
            .Concat(resource.Annotations.OfType<ContainerNetworkAliasAnnotation>().Select(annotation => annotation.Alias))
            .Distinct(StringComparer.OrdinalIgnoreCase);

    private static string Protocol(EndpointAnnotation endpoint) => endpoint.Protocol == System.Net.Sockets.ProtocolType.Udp ? "udp" : "tcp";

    private static string Mount(ContainerMountAnnotation mount)
    {
        var fields = new List<string> { mount.Type == ContainerMountType.BindMount ? "type=bind" : "type=volume" };
        if (!string.IsNullOrEmpty(mount.Source))
        {
            fields.Add(Quoted($"src={mount.Source}"));
        }

        fields.Add(Quoted($"dst={mount.Target}"));
        if (mount.IsReadOnly)
        {
            fields.Add("readonly");
        }

        return string.Join(',', fields);

        // The engine reads the value as one line of CSV.
        static string Quoted(string field) => field.AsSpan().ContainsAny(',', '"') ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }

    private static async Task<IReadOnlyList<string>> RuntimeArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new ContainerRuntimeArgsCallbackContext([], cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return [.. context.Args.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? "")];
    }

    // Tells whether a container that is left from an earlier run is the one the model describes now.
    private static string Hash(List<string> line, ResourceEnvironment environment, string image)
    {
        var text = new StringBuilder(image);
        line.ForEach(argument => text.Append('\0').Append(argument));
        foreach (var (name, value, _) in environment.Variables)
        {
            text.Append('\0').Append(name).Append('=').Append(value);
        }

        foreach (var (value, _) in environment.Arguments)
        {
            text.Append('\0').Append(value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
