namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource sends its telemetry to the dashboard.</summary>
public class OtlpExporterAnnotation : IResourceAnnotation
{
    /// <summary>The protocol the resource needs, or null when any will do.</summary>
    public OtlpProtocol? RequiredProtocol { get; init; }
}
