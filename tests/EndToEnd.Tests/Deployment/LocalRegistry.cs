using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shared;

namespace EndToEnd.Tests.Deployment;

/// <summary>A registry on loopback that has one image, whatever it is asked for: as much as <c>PublishContainer</c> needs of one.</summary>
internal sealed class LocalRegistry : IDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly byte[] _manifest;
    private readonly Task _serving;

    private LocalRegistry(byte[] configuration, byte[] layer)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(layer);
        }

        _manifest = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = Add(configuration, "application/vnd.docker.container.image.v1+json"),
            ["layers"] = new JsonArray(Add(packed.ToArray(), "application/vnd.docker.image.rootfs.diff.tar.gzip")),
        }.ToJsonString());
        Address = $"localhost:{FreePort.Next()}";
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Host and port, as in the name of an image.</summary>
    public string Address { get; }

    /// <summary>Serves an image of one layer that <c>docker save</c> has written.</summary>
    public static async Task<LocalRegistry> StartAsync(string archive)
    {
        var files = new Dictionary<string, byte[]>();
        await using (var stream = File.OpenRead(archive))
        {
            using var tar = new TarReader(stream);
            while (await tar.GetNextEntryAsync() is { } entry)
            {
                if (entry.DataStream is { } data)
                {
                    var content = new byte[data.Length];
                    await data.ReadExactlyAsync(content);
                    files[entry.Name] = content;
                }
            }
        }

        var image = JsonNode.Parse(files["manifest.json"])![0]!;
        return new(files[(string)image["Config"]!], files[(string)image["Layers"]!.AsArray().Single()!]);
    }

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
    }

    private JsonObject Add(byte[] blob, string type)
    {
        var digest = Digest(blob);
        _blobs[digest] = blob;
        return new() { ["mediaType"] = type, ["size"] = blob.Length, ["digest"] = digest };
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var path = context.Request.Url!.AbsolutePath;
            var (content, type) = path.Contains("/manifests/", StringComparison.Ordinal) ? (_manifest, ManifestType)
                : path.EndsWith("/v2/", StringComparison.Ordinal) ? ("{}"u8.ToArray(), "application/json")
                : (_blobs.GetValueOrDefault(path.Split('/')[^1]), "application/octet-stream");
            using var response = context.Response;
            response.StatusCode = content is null ? 404 : 200;
            if (content is not null)
            {
                response.ContentType = type;
                response.Headers["Docker-Content-Digest"] = Digest(content);
                response.ContentLength64 = content.Length;
                if (context.Request.HttpMethod == "GET")
                {
                    await response.OutputStream.WriteAsync(content);
                }
            }
        }
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
