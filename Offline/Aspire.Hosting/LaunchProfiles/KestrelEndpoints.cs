using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The endpoints a project configures for Kestrel in its own settings files.</summary>
internal static class KestrelEndpoints
{
    /// <summary>An endpoint of the section <c>Kestrel:Endpoints</c>.</summary>
    public sealed record Endpoint(string Name, BindingAddress Address, string? Protocols);

    public static IReadOnlyList<Endpoint> Read(string projectPath, string? environment)
    {
        var directory = Path.GetDirectoryName(projectPath);
        if (!Directory.Exists(directory))
        {
            return [];
        }

        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(directory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(directory, $"appsettings.{environment ?? "Production"}.json"), optional: true)
            .Build();
        var defaultProtocols = configuration["Kestrel:EndpointDefaults:Protocols"];

        return
        [
            .. from section in configuration.GetSection("Kestrel:Endpoints").GetChildren()
               let url = section["Url"]
               where !string.IsNullOrEmpty(url)
               select new Endpoint(section.Key, BindingAddress.Parse(url), section["Protocols"] ?? defaultProtocols),
        ];
    }
}
