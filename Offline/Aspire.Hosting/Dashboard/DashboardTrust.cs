using System.Runtime.Versioning;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Lets the programs of the model trust the certificate of the dashboard's https addresses without anything installed: a folder that holds
/// it, for <c>SSL_CERT_DIR</c>, which .NET and OpenSSL read on Linux. Elsewhere the system's own store decides.
/// </summary>
internal sealed class DashboardTrust : IDisposable
{
    private static readonly string[] s_systemFolders = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

    private string? _folder;

    /// <summary>The value of <c>SSL_CERT_DIR</c>; null when there is nothing to trust.</summary>
    public string? CertificateFolders { get; private set; }

    [SupportedOSPlatform("linux")]
    public void Add(string certificatePem)
    {
        _folder = Directory.CreateTempSubdirectory("aspire-dashboard-").FullName;
        File.WriteAllText(Path.Combine(_folder, "dashboard.pem"), certificatePem);
        IEnumerable<string> others = Environment.GetEnvironmentVariable("SSL_CERT_DIR") is { Length: > 0 } given ? [given] : s_systemFolders.Where(Directory.Exists);
        CertificateFolders = string.Join(Path.PathSeparator, [_folder, .. others]);
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
