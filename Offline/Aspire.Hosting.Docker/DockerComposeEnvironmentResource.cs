using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker.Resources;

namespace Aspire.Hosting.Docker;

/// <summary>An environment of Docker Compose, to which the resources of the application are published.</summary>
/// <param name="name">The name of the resource.</param>
public class DockerComposeEnvironmentResource(string name) : Resource(name), IComputeEnvironmentResource
{
    /// <summary>The network the services share; <c>aspire</c> when null.</summary>
    public string? DefaultNetworkName { get; set; }

    /// <summary>Whether a dashboard runs beside the services and takes their telemetry.</summary>
    public bool DashboardEnabled { get; set; } = true;

    internal IResourceBuilder<DockerComposeAspireDashboardResource>? Dashboard { get; set; }

    internal List<Action<ComposeFile>> ConfigureComposeFile { get; } = [];

    internal List<Action<IDictionary<string, CapturedEnvironmentVariable>>> ConfigureEnvFile { get; } = [];

    /// <summary>What the services refer to, by the name of the variable.</summary>
    internal Dictionary<string, CapturedEnvironmentVariable> Captured { get; } = [];

    /// <summary>Refers to a variable, which the <c>.env</c> file then has.</summary>
    internal string Capture(string name, string description, object? source = null, IResource? resource = null, string? defaultValue = null)
    {
        Captured.TryAdd(name, new() { Name = name, Description = description, Source = source, Resource = resource, DefaultValue = defaultValue });
        return $"${{{name}}}";
    }

    /// <summary>Refers to a value that is given in the <c>.env</c> file.</summary>
    internal string Capture(IManifestExpressionProvider value) => value is ParameterResource parameter
        ? Capture(EnvironmentVariableName.EncodeUpper(parameter.Name), $"Parameter {parameter.Name}", parameter, parameter)
        : Capture(EnvironmentVariableName.EncodeUpper(value.ValueExpression.Trim('{', '}')), value.ValueExpression, value);
}
