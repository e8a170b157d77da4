using Microsoft.AspNetCore.Builder;
using Shared;
using Shared.Docker;

namespace Aspire.Hosting.Docker.Tests;

/// <summary>The counter service as an image, of the .NET of this machine: no registry is reachable to take a base from.</summary>
internal static class CounterImage
{
    private static readonly string[] s_cryptography = ["libssl.so.3", "libcrypto.so.3"];

    public static async Task ImportAsync(DockerEngine engine, string image)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var root = Path.GetFullPath(Path.Combine(runtime, "../../.."));
        var folder = Directory.CreateTempSubdirectory("counter-image-");
        try
        {
            Link("/app", Path.Combine(Repository.Root, "CounterService", "bin", "Debug", "net10.0"));
            foreach (var part in (string[])[Path.Combine(root, "host"), runtime, Path.GetDirectoryName(typeof(WebApplication).Assembly.Location)!])
            {
                Link(part, part);
            }

            // .NET loads them by name, so that no program's list of libraries has them.
            foreach (var library in s_cryptography)
            {
                var file = Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(directory => Path.Combine(directory, library)).FirstOrDefault(File.Exists);
                Tools.Require(file is not null, $"{library} is not below /usr/lib.");
                Link(file!, file!);
            }

            // The program itself and not what is called so on PATH, which may be a script; the runtime needs more libraries than it does.
            var dotnet = Path.Combine(root, "dotnet");
            await engine.ImportAsync(
                image, [dotnet, Path.Combine(runtime, "libcoreclr.so")], folder.FullName,
                "WORKDIR /app", "USER 1654", $"ENTRYPOINT [\"{dotnet}\", \"CounterService.dll\"]");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Link(string path, string target)
        {
            var link = folder.FullName + path;
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, target);
        }
    }
}
