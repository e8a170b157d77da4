using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard;

/// <summary>
/// The files of <c>wwwroot/</c>, which are in the assembly. Pages name them below <see cref="Root"/>, which is another one with every build, so
/// that a browser keeps them and asks no more. By their plain names it asks whether its copy is still the right one (ETag).
/// </summary>
internal sealed class StaticAssets
{
    /// <summary>Comes before the path of a file.</summary>
    public static readonly string Root = $"/assets/{typeof(StaticAssets).Module.ModuleVersionId:N}";

    private static readonly FrozenDictionary<string, string> s_contentTypes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, Lazy<Asset>> _assets = typeof(StaticAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("wwwroot/", StringComparison.Ordinal))
        .ToFrozenDictionary(name => name["wwwroot".Length..].Replace('\\', '/'), name => new Lazy<Asset>(() => Load(name)), StringComparer.Ordinal);

    /// <summary>Serves the file of that path if there is one.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var ofThisBuild = request.Path.StartsWithSegments(Root, out var path);
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || !_assets.TryGetValue((ofThisBuild ? path : request.Path).Value ?? "", out var lazy))
        {
            return next(context);
        }

        var asset = lazy.Value;
        var response = context.Response;
        response.Headers.ETag = asset.ETag;
        response.Headers.CacheControl = ofThisBuild ? "max-age=31536000, immutable" : "no-cache";
        if (request.Headers.IfNoneMatch.ToString().Contains(asset.ETag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = asset.ContentType;
        response.ContentLength = asset.Bytes.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(asset.Bytes, context.RequestAborted).AsTask();
    }

    private static Asset Load(string name)
    {
        using var stream = typeof(StaticAssets).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(bytes, s_contentTypes.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream"), $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
    }

    private sealed record Asset(byte[] Bytes, string ContentType, string ETag);
}
