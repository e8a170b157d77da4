namespace Aspire.Hosting.ApplicationModel;

/// <summary>A URL on the host, which containers reach by another host name.</summary>
/// <param name="Url">The URL as the host sees it.</param>
public record HostUrl(string Url) : IExpressionValue
{
    string IManifestExpressionProvider.ValueExpression => Url;

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => new(Url);

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        new(ConsumerNetwork.Of(context) == KnownNetworkIdentifiers.LocalhostNetwork ? Url : SeenFromContainer());

    private string SeenFromContainer()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || !uri.IsLoopback)
        {
            return Url;
        }

        var seen = new UriBuilder(uri) { Host = KnownHostNames.DefaultContainerTunnelHostName }.ToString();
        return Url.EndsWith('/') ? seen : seen.TrimEnd('/');
    }
}
