using System.Runtime.Versioning;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Lets the programs of the model trust the certificate of the dashboard's https addresses without anything installed: a folder that holds
/// it, for <c>SSL_CERT_DIR</c>, which .NET and OpenSSL read on Linux. Elsewhere the system's own store decides.
/// </summary>
internal sealed class DashboardTrust : IDisposable
{
    /// <summary>Where the configuration has the value of <c>SSL_CERT_DIR</c> while there is something to trust.</summary>
    public const string Setting = "AppHost:CertificateFolders";

    private static readonly string[] s_systemFolders = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

    private string? _folder;

    /// <summary>Writes the certificate and returns the value of <c>SSL_CERT_DIR</c>: its folder, and those that were trusted anyway.</summary>
    [SupportedOSPlatform("linux")]
    public string Add(string certificatePem)
    {
        _folder = Directory.CreateTempSubdirectory("aspire-dashboard-").FullName;
        File.WriteAllText(Path.Combine(_folder, "dashboard.pem"), certificatePem);
        IEnumerable<string> others = Environment.GetEnvironmentVariable("SSL_CERT_DIR") is { Length: > 0 } given ? [given] : s_systemFolders.Where(Directory.Exists);
        return string.Join(Path.PathSeparator, [_folder, .. others]);
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
