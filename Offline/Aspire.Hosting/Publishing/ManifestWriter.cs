using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the resources of a model, and what they refer to, into the manifest.</summary>
internal sealed class ManifestWriter(ManifestPublishingContext context)
{
    private readonly Utf8JsonWriter _writer = context.Writer;

    public async Task WriteAsync(DistributedApplicationModel model)
    {
        _writer.WriteStartObject();
        _writer.WriteStartObject("resources");

        context.Dependents.Reserve(model.Resources);
        var written = new HashSet<string>();
        foreach (var resource in model.Resources)
        {
            written.Add(resource.Name);
            await WriteAsync(resource).ConfigureAwait(false);
        }

        await WriteDependentsAsync(written).ConfigureAwait(false);
        _writer.WriteEndObject();
        _writer.WriteEndObject();
        await _writer.FlushAsync(context.CancellationToken).ConfigureAwait(false);
    }

    private async Task WriteDependentsAsync(HashSet<string> written)
    {
        var dependents = context.Dependents;

        // Writing one may bring up others.
        for (var i = 0; i < dependents.Resources.Count; i++)
        {
            var resource = dependents.Resources[i];
            if (written.Add(resource.Name))
            {
                await WriteAsync(resource).ConfigureAwait(false);
                WriteFormatted(dependents.Formatted.Where(formatted => formatted.Parameter == resource), written);
            }
        }

        WriteFormatted(dependents.Formatted, written);

        foreach (var (name, conditional) in dependents.Conditionals)
        {
            // azd knows no conditions, so that they are decided now.
            var text = await conditional.GetValueAsync(new() { ExecutionContext = context.ExecutionContext }, context.CancellationToken).ConfigureAwait(false);
            _writer.WriteStartObject(name);
            _writer.WriteString("type", "value.v0");
            _writer.WriteString("connectionString", text ?? "");
            _writer.WriteEndObject();
        }
    }

    private void WriteFormatted(IEnumerable<FormattedParameter> parameters, HashSet<string> written)
    {
        foreach (var formatted in parameters.Where(formatted => written.Add(formatted.Name)))
        {
            _writer.WriteStartObject(formatted.Name);
            _writer.WriteString("type", "annotated.string");
            _writer.WriteString("value", formatted.Parameter.ValueExpression);
            _writer.WriteString("filter", formatted.Format);
            _writer.WriteEndObject();
        }
    }

    private async Task WriteAsync(IResource resource)
    {
        Func<Task>? write = resource switch
        {
            _ when resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var annotation) =>
                annotation.Callback is { } callback ? () => callback(context) : null,
            ContainerResource container => () => context.WriteContainerAsync(container),
            ProjectResource project => () => WriteProjectAsync(project),
            ExecutableResource executable => () => WriteExecutableAsync(executable),
            ParameterResource parameter => () => Done(WriteParameter, parameter),
            IResourceWithConnectionString connectionString => () => Done(WriteConnectionString, connectionString),
            ExternalServiceResource => null,
            _ => () => Done(_ => _writer.WriteString("error", "This resource does not support generation in the manifest."), resource),
        };

        if (write is not null)
        {
            _writer.WriteStartObject(resource.Name);
            var depth = _writer.CurrentDepth;
            await write().ConfigureAwait(false);
            if (_writer.CurrentDepth != depth)
            {
                throw new DistributedApplicationException($"What the resource '{resource.Name}' writes into the manifest does not end where it began.");
            }

            _writer.WriteEndObject();
            await _writer.FlushAsync(context.CancellationToken).ConfigureAwait(false);
        }

        static Task Done<T>(Action<T> write, T resource)
        {
            write(resource);
            return Task.CompletedTask;
        }
    }

    private async Task WriteProjectAsync(ProjectResource project)
    {
        if (!project.TryGetLastAnnotation<IProjectMetadata>(out var metadata))
        {
            throw new DistributedApplicationException($"Project metadata was not found for resource '{project.Name}'.");
        }

        _writer.WriteString("type", "project.v0");
        _writer.WriteString("path", context.GetManifestRelativePath(metadata.ProjectPath));
        await context.WriteCommandLineArgumentsAsync(project).ConfigureAwait(false);
        await context.WriteEnvironmentVariablesAsync(project).ConfigureAwait(false);
        context.WriteBindings(project);
    }

    private async Task WriteExecutableAsync(ExecutableResource executable)
    {
        _writer.WriteString("type", "executable.v0");
        _writer.WriteString("workingDirectory", context.GetManifestRelativePath(executable.WorkingDirectory));
        _writer.WriteString("command", executable.Command);
        await context.WriteCommandLineArgumentsAsync(executable).ConfigureAwait(false);
        await context.WriteEnvironmentVariablesAsync(executable).ConfigureAwait(false);
        context.WriteBindings(executable);
    }

    private void WriteConnectionString(IResourceWithConnectionString resource)
    {
        _writer.WriteString("type", "value.v0");
        context.WriteConnectionString(resource);
    }

    private void WriteParameter(ParameterResource parameter)
    {
        _writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
        {
            _writer.WriteString("connectionString", $"{{{parameter.Name}.value}}");
        }

        _writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        _writer.WriteStartObject("inputs");
        _writer.WriteStartObject("value");
        _writer.WriteString("type", "string");
        if (parameter.Secret)
        {
            _writer.WriteBoolean("secret", true);
        }

        if (parameter.Default is { } value)
        {
            _writer.WriteStartObject("default");
            value.WriteToManifest(context);
            _writer.WriteEndObject();
        }

        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }
}
