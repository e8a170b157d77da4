namespace Aspire.Hosting.ApplicationModel;

/// <summary>A URL that the dashboard shows for a resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
#pragma warning disable CA1051 // A field in the published type.
    /// <summary>The place among the URLs, the highest first.</summary>
    public int? DisplayOrder;
#pragma warning restore CA1051

    /// <summary>The URL; one that is relative is completed by the endpoint's.</summary>
    public required string Url { get; set; }

    /// <summary>The text shown instead of the URL.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint the URL belongs to.</summary>
    public EndpointReference? Endpoint { get; init; }

    /// <summary>Where the URL is shown.</summary>
    public UrlDisplayLocation DisplayLocation { get; set; }
}
