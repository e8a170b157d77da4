using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace CounterService.Assets;

/// <summary>The page's style sheet, script and icon. They are part of the assembly, so the service is complete wherever it is copied.</summary>
internal static class AssetEndpoints
{
    private static readonly (string Name, string ContentType)[] s_assets =
    [
        ("counter.css", "text/css; charset=utf-8"),
        ("counter.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ];

    public static void MapAssets(this IEndpointRouteBuilder endpoints)
    {
        foreach (var (name, contentType) in s_assets)
        {
            var content = Read(name);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
            endpoints.MapGet($"/assets/{name}", () => Results.Bytes(content, contentType, entityTag: tag)).ExcludeFromDescription();
        }
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(AssetEndpoints).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The asset {name} is missing from the assembly.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
