using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>A resource with its values as Helm's expressions: what is secret apart from what is not.</summary>
internal sealed partial class EvaluatedResource : IPublishTarget
{
    private const string DefaultPort = "8080";
    private const string ExpressionStart = "{{";

    private readonly HelmValues _values;
    private readonly PublishedText _text;

    private EvaluatedResource(IResource resource, HelmValues values, PublishedPorts ports, DistributedApplicationExecutionContext executionContext)
    {
        Resource = resource;
        _values = values;
        _text = new(executionContext, ports, this);
    }

    public IResource Resource { get; }

    /// <summary>The variables without secrets, for the ConfigMap.</summary>
    public Dictionary<string, string> Config { get; } = [];

    /// <summary>The variables with secrets in them, for the Secret.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    public List<string> Arguments { get; } = [];

    /// <summary>The ports it listens on: a number, or an expression that gives one.</summary>
    public List<ServedPort> Ports { get; } = [];

    public static async Task<EvaluatedResource> CreateAsync(IResource resource, HelmValues values, PublishedPorts ports, EndpointReference? telemetry, PublishStepContext context)
    {
        var evaluated = new EvaluatedResource(resource, values, ports, context.ExecutionContext);
        evaluated.AddPorts();
        await evaluated.AddEnvironmentAsync(telemetry, context).ConfigureAwait(false);
        foreach (var argument in await PublishedValues.ArgumentsAsync(resource, context.ExecutionContext, context.CancellationToken).ConfigureAwait(false))
        {
            var value = argument is string literal ? Literal(literal) : argument;
            evaluated.Arguments.Add(await evaluated.TextAsync(value, context).ConfigureAwait(false));
        }

        return evaluated;
    }

    /// <summary>Where a probe of an endpoint of this resource goes: to http, when it serves no https here.</summary>
    public ServedPort Probed(EndpointReference endpoint)
    {
        var probed = _text.Port(Resource, endpoint.EndpointAnnotation);
        return Ports.Find(port => port.Port == probed) ?? Ports.First(port => port.Endpoint.UriScheme == "http");
    }

    string IPublishTarget.Host(IResource resource) => KubernetesNames.Service(resource);

    bool IPublishTarget.HasPortsOfItsOwn => true;

    string IPublishTarget.PortOfImage(IResource resource, EndpointAnnotation endpoint) =>
        _values.Add("parameters", resource.Name, $"port_{endpoint.Name}", DefaultPort);

    string IPublishTarget.Placeholder(IManifestExpressionProvider value)
    {
        var parameter = value as ParameterResource;
        var name = parameter?.Name ?? EnvironmentVariableName.Encode(value.ValueExpression.Trim('{', '}'));
        return _values.AddText(parameter?.Secret == true ? "secrets" : "config", Resource.Name, name, (parameter?.Default as ConstantParameterDefault)?.GetDefaultValue() ?? "");
    }

    string IPublishTarget.Format(string format) => format.Replace("{{{{", "{{{{ `{{{{` }}}}", StringComparison.Ordinal);

    private void AddPorts()
    {
        var endpoints = Resource.Annotations.OfType<EndpointAnnotation>().ToList();

        // A project serves http in a container. Its default https endpoint has the same port, of which a Service can have only one.
        var servesHttp = endpoints.Exists(endpoint => !_text.HasOwnPort(Resource, endpoint) && endpoint.UriScheme == "http");
        foreach (var endpoint in endpoints.Where(endpoint => _text.HasOwnPort(Resource, endpoint) || endpoint.UriScheme == "http" || !servesHttp))
        {
            // One port of a protocol is enough for all endpoints that have it, and all that a container or a Service may have.
            var port = new ServedPort(endpoint, KubernetesNames.Port(endpoint, Ports.Select(other => other.Name)), _text.Port(Resource, endpoint), _text.ReachedPort(Resource, endpoint));
            if (!Ports.Exists(other => (other.Port, other.ServicePort, other.Endpoint.Protocol) == (port.Port, port.ServicePort, endpoint.Protocol)))
            {
                Ports.Add(port);
            }
        }
    }

    private async Task AddEnvironmentAsync(EndpointReference? telemetry, PublishStepContext context)
    {
        var variables = await DeployedResources.EnvironmentAsync(Resource, context).ConfigureAwait(false);
        foreach (var (name, value) in variables.Concat(DeployedResources.TelemetryEnvironment(Resource, telemetry)))
        {
            var text = await TextAsync(value, context).ConfigureAwait(false);
            var key = KubernetesNames.Variable(Resource, name);
            if (Execution.Secrets.Within(value))
            {
                Secrets[key] = text;
            }
            else
            {
                // A text without expressions is a value too, so that it can be changed where the chart is installed.
                Config[key] = value is not string && text.Contains(ExpressionStart, StringComparison.Ordinal) ? text : _values.AddText("config", Resource.Name, name, text);
            }
        }
    }

    /// <summary>The value for a template, in which a brace of the user's does not become part of the expression after it.</summary>
    private async Task<string> TextAsync(object value, PublishStepContext context) =>
        BraceBeforeExpression().Replace(await _text.OfAsync(value, context.CancellationToken).ConfigureAwait(false), "{{ `{` }}");

    [GeneratedRegex(@"\{(?=\{\{ )")]
    private static partial Regex BraceBeforeExpression();

    /// <summary>Braces of the user's are not Helm's.</summary>
    private static string Literal(string text) => text.Replace(ExpressionStart, "{{ `{{` }}", StringComparison.Ordinal);
}
