using System.Net;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Security;

/// <summary>
/// The names under which the pages answer. A page of another site that makes its own name point here (DNS rebinding) sends that name in
/// <c>Host</c> and is turned away. Addresses can't be rebound, and loopback names never leave the machine.
/// </summary>
internal sealed class AllowedHosts
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase) { "localhost", Environment.MachineName };
    private readonly bool _any;

    public AllowedHosts(DashboardOptions options)
    {
        foreach (var host in options.AllowedHosts)
        {
            _any |= host == "*";
            _names.Add(host);
        }

        foreach (var url in options.FrontendUrls.Append(options.PublicUrl))
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var uri))
            {
                _names.Add(uri.Host);
            }
        }
    }

    public bool IsAllowed(HostString host)
    {
        var name = host.Host.TrimEnd('.');
        return _any || _names.Contains(name) || IPAddress.TryParse(name.Trim('[', ']'), out _) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a request that changes something, or that a script made, came from our own pages: no <c>Origin</c>, or the one it went to.</summary>
    public static bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            return false;
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, Authority(request), StringComparison.OrdinalIgnoreCase));
    }

    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var uri) ? uri.Authority : "";
}
