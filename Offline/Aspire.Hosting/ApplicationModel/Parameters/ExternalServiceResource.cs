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
        Uri = uri;
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

    /// <summary>Why a URL can't be that of a service, or null.</summary>
    internal static string? WhyInvalid(Uri uri) => uri switch
    {
        { IsAbsoluteUri: false } => "The URI must be absolute.",
        { AbsolutePath: not "/" } => "The URI absolute path must be \"/\".",
        { Fragment.Length: > 0 } => "The URI cannot contain a fragment.",
        { Query.Length: > 0 } => "The URI cannot contain a query.",
        _ => null,
    };

    /// <summary>The scheme of the URL; null while a parameter's value is not known.</summary>
    internal async ValueTask<string?> GetSchemeAsync(DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        if (Uri is { } uri)
        {
            return uri.Scheme;
        }

        return executionContext.IsRunMode
            && await UrlParameter!.GetValueAsync(cancellationToken).ConfigureAwait(false) is { } url
            && System.Uri.TryCreate(url, UriKind.Absolute, out var address)
                ? address.Scheme
                : null;
    }
}
