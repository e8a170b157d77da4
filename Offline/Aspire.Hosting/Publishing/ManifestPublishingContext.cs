using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes resources into a manifest.</summary>
/// <param name="executionContext">Says that the application is published.</param>
/// <param name="manifestPath">Where the manifest will be.</param>
/// <param name="writer">What writes the manifest.</param>
/// <param name="cancellationToken">Cancelled when the manifest is no longer wanted.</param>
public sealed class ManifestPublishingContext(DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default)
{
    private readonly PublishedPorts _ports = new();

    /// <summary>Says that the application is published.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>Where the manifest will be.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>What writes the manifest.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Cancelled when the manifest is no longer wanted.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the written resources refer to and the model does not hold.</summary>
    internal DependentResources Dependents { get; } = new();

    /// <summary>A path as seen from the manifest's directory, with slashes.</summary>
    public string? GetManifestRelativePath(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var directory = Path.GetDirectoryName(Path.GetFullPath(ManifestPath)) ?? throw new DistributedApplicationException("Could not get directory name of output path");
        // A path written on Windows works elsewhere.
        return Path.GetRelativePath(directory, path.Replace('\\', '/')).Replace('\\', '/');
    }

    /// <summary>Has what a value refers to written too, once all resources of the model are.</summary>
    public void TryAddDependentResources(object? value) => Dependents.Add(value);

    /// <summary>Writes the connection string of a resource that has one.</summary>
    public void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString { ConnectionStringExpression: { } expression })
        {
            Writer.WriteString("connectionString", expression.PublishedText(Dependents.FormattedName));
            TryAddDependentResources(expression);
        }
    }

    /// <summary>Writes a container.</summary>
    public Task WriteContainerAsync(ContainerResource container) => ContainerManifest.WriteAsync(this, container);

    /// <summary>What stands for a value in the manifest.</summary>
    internal string? Expression(object? value) => value is ReferenceExpression expression ? expression.PublishedText(Dependents.FormattedName) : PublishedValues.Expression(value);

    /// <summary>Writes the environment variables of a resource.</summary>
    public async Task WriteEnvironmentVariablesAsync(IResource resource)
    {
        var variables = await PublishedValues.EnvironmentAsync(resource, ExecutionContext, CancellationToken).ConfigureAwait(false);
        if (variables.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("env");
        foreach (var (name, value) in variables)
        {
            Writer.WriteString(name, Expression(value));
            TryAddDependentResources(value);
        }

        Writer.WriteEndObject();
    }

    /// <summary>Writes the command-line arguments of a resource.</summary>
    public async Task WriteCommandLineArgumentsAsync(IResource resource)
    {
        var arguments = await PublishedValues.ArgumentsAsync(resource, ExecutionContext, CancellationToken).ConfigureAwait(false);
        if (arguments.Count == 0)
        {
            return;
        }

        Writer.WriteStartArray("args");
        foreach (var argument in arguments)
        {
            Writer.WriteStringValue(Expression(argument));
            TryAddDependentResources(argument);
        }

        Writer.WriteEndArray();
    }

    /// <summary>Writes the endpoints of a resource.</summary>
    public void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            Writer.WriteStartObject(endpoint.Name);
            BindingManifest.Write(Writer, resource, endpoint, _ports);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }
}
