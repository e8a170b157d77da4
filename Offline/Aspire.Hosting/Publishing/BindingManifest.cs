#pragma warning disable CA1308 // The manifest spells protocols in lower case.
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>An endpoint in the manifest.</summary>
internal static class BindingManifest
{
    public static void Write(Utf8JsonWriter writer, IResource resource, EndpointAnnotation endpoint, PublishedPorts ports)
    {
        writer.WriteString("scheme", endpoint.UriScheme);
        writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
        writer.WriteString("transport", Transport(resource, endpoint));

        var targetPort = ports.TargetPort(resource, endpoint);
        if (endpoint.Port is { } port and not 0 && port != targetPort)
        {
            writer.WriteNumber("port", port);
        }

        if (targetPort is { } number)
        {
            writer.WriteNumber("targetPort", number);
        }

        if (endpoint.IsExternal)
        {
            writer.WriteBoolean("external", true);
        }
    }

    private static string Transport(IResource resource, EndpointAnnotation endpoint) =>
        endpoint.UriScheme is "http" or "https" && resource.Annotations.OfType<Http2ServiceAnnotation>().Any() ? "http2" : endpoint.Transport;
}
