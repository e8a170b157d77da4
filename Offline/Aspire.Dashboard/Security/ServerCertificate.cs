using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aspire.Dashboard.Security;

/// <summary>
/// The certificate of https addresses: the developer's (<c>dotnet dev-certs</c>) if there is one, else one made for this run, which browsers
/// warn about but which needs no preparation.
/// </summary>
internal static class ServerCertificate
{
    private const string DeveloperCertificateOid = "1.3.6.1.4.1.311.84.1.1";

    public static X509Certificate2 GetOrCreate() => FindDeveloperCertificate() ?? Create();

    private static X509Certificate2? FindDeveloperCertificate()
    {
        try
        {
            using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser, OpenFlags.ReadOnly);
            return store.Certificates.FirstOrDefault(c =>
                c.HasPrivateKey && c.NotAfter > DateTime.Now && c.NotBefore < DateTime.Now && c.Extensions.Any(e => e.Oid?.Value == DeveloperCertificateOid));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("*.dev.localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], true));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(30));
    }
}
