using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The endpoints a project configures for Kestrel in its own settings files.</summary>
/// <param name="All">The endpoints of the section <c>Kestrel:Endpoints</c>.</param>
/// <param name="DefaultProtocols">What the section <c>Kestrel:EndpointDefaults</c> says that endpoints speak.</param>
internal sealed record KestrelEndpoints(IReadOnlyList<KestrelEndpoints.Endpoint> All, string? DefaultProtocols)
{
    public static readonly KestrelEndpoints None = new([], null);

    /// <summary>An endpoint of the section <c>Kestrel:Endpoints</c>.</summary>
    public sealed record Endpoint(string Name, BindingAddress Address, string? Protocols);

    public static KestrelEndpoints Read(string projectPath, string? environment)
    {
        var directory = Path.GetDirectoryName(projectPath);
        if (!Directory.Exists(directory))
        {
            return None;
        }

        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(directory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(directory, $"appsettings.{environment ?? "Production"}.json"), optional: true)
            .Build();
        return new(
        [
            .. from section in configuration.GetSection("Kestrel:Endpoints").GetChildren()
               let url = section["Url"]
               where !string.IsNullOrEmpty(url)
               select new Endpoint(section.Key, BindingAddress.Parse(url), section["Protocols"]),
        ],
        configuration["Kestrel:EndpointDefaults:Protocols"]);
    }
}
