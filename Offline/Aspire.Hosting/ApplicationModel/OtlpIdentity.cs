namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// The values by which telemetry of an instance is known. They are the published templates: the instance's own values take their place when it starts.
/// </summary>
internal static class OtlpIdentity
{
    public const string ResourceAttributes = "service.instance.id={{- index .Annotations \"otel-service-instance-id\" -}}";

    public const string ServiceName = "{{- index .Annotations \"otel-service-name\" -}}";
}
