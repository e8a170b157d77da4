using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>A port of an endpoint: a number, or an expression that gives one.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Name">The name of the port.</param>
/// <param name="Port">The port the container listens on.</param>
/// <param name="ServicePort">The port of the Service, at which the others reach it.</param>
internal sealed record ServedPort(EndpointAnnotation Endpoint, string Name, string Port, string ServicePort);
