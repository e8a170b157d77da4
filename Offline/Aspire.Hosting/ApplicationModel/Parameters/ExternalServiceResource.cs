using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A service outside the application that its parts refer to.</summary>
public sealed class ExternalServiceResource : Resource
{
    /// <summary>Creates the resource for a fixed address.</summary>
    public ExternalServiceResource(string name, Uri uri)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(uri);
        Uri = Check(uri);
    }

    /// <summary>Creates the resource for an address that a parameter holds.</summary>
    public ExternalServiceResource(string name, ParameterResource urlParameter)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(urlParameter);
        UrlParameter = urlParameter;
    }

    /// <summary>The address, when it is fixed.</summary>
    public Uri? Uri { get; }

    /// <summary>The parameter that holds the address.</summary>
    public ParameterResource? UrlParameter { get; }

    /// <summary>What a consumer is given: the parameter, or the URL as it is known now.</summary>
    internal object UrlValue => UrlParameter is { } parameter ? parameter : Uri!.ToString();

    /// <summary>The URL, which a parameter may hold.</summary>
    /// <exception cref="ArgumentException">The value of the parameter is no URL of a service.</exception>
    internal async ValueTask<Uri> GetUriAsync(CancellationToken cancellationToken) =>
        Uri ?? Parse(await UrlParameter!.GetValueAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the URL of a service.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    internal static Uri Parse(string? url) => System.Uri.TryCreate(url, UriKind.Absolute, out var uri)
        ? Check(uri)
        : throw new ArgumentException("The URL for the external service must be an absolute URI.");

    private static Uri Check(Uri uri) => uri switch
    {
        { IsAbsoluteUri: false } => throw new ArgumentException("The URI for the external service must be absolute.", nameof(uri)),
        { Fragment.Length: > 0 } => throw new ArgumentException("The URI cannot contain a fragment.", nameof(uri)),
        { Query.Length: > 0 } => throw new ArgumentException("The URI cannot contain a query string.", nameof(uri)),
        _ => uri,
    };
}
