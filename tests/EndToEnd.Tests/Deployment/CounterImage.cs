using System.Runtime.InteropServices;
using Shared;
using Shared.Docker;

namespace EndToEnd.Tests.Deployment;

/// <summary>Images of the counter, made without a registry: where an image of .NET is wanted there is one made of this machine's own .NET.</summary>
internal static class CounterImage
{
    private const string Base = "local/aspnet:10.0";

    private static readonly string s_project = Path.Combine(Repository.Root, "CounterService");

    /// <summary>The image that CounterService/Dockerfile describes, with the service that was built with the tests.</summary>
    public static async Task<string> FromDockerfileAsync(DockerEngine engine)
    {
        const string Image = "local/counter:dockerfile";
        var directory = Directory.CreateTempSubdirectory("image-").FullName;
        await NeedBaseAsync(engine, directory);

        // All of the Dockerfile but its build, which takes an SDK in an image and a package feed.
        var dockerfile = Directory.CreateDirectory(Path.Combine(directory, "dockerfile")).FullName;
        File.Copy(Path.Combine(s_project, "Dockerfile"), Path.Combine(dockerfile, "Dockerfile"));
        await BuildAsync(engine, dockerfile, "--target", "base", "--build-arg", $"ASPNET_IMAGE={Base}", "--tag", "local/counter:base");

        var app = Path.Combine(directory, "app");
        await Command.RunAsync(s_project, new Dictionary<string, string>(), "dotnet", "publish", "--no-build", "-c", "Debug", "-o", app);
        await File.WriteAllTextAsync(Path.Combine(app, "Dockerfile"), "FROM local/counter:base\nCOPY . .\n");
        await BuildAsync(engine, app, "--tag", Image);
        Directory.Delete(directory, recursive: true);
        return Image;
    }

    /// <summary>The image that <c>dotnet publish -t:PublishContainer</c> makes, of the service that was built with the tests.</summary>
    public static async Task<string> FromPublishContainerAsync(DockerEngine engine)
    {
        var directory = Directory.CreateTempSubdirectory("image-").FullName;
        await NeedBaseAsync(engine, directory);
        var (saved, archive) = (Path.Combine(directory, "base.tar"), Path.Combine(directory, "counter.tar.gz"));
        await engine.RunAsync("save", "--output", saved, Base);
        using (var registry = await LocalRegistry.StartAsync(saved))
        {
            await Command.RunAsync(
                s_project, new Dictionary<string, string>(), "dotnet", "publish", "--no-build", "-c", "Debug", "-t:PublishContainer",
                $"-p:ContainerBaseImage={registry.Address}/{Base}", "-p:ContainerImageTag=published", $"-p:ContainerArchiveOutputPath={archive}");
        }

        await engine.RunAsync("load", "--input", archive);
        Directory.Delete(directory, recursive: true);
        return "communicating-between-containers/counter:published";
    }

    private static async Task BuildAsync(DockerEngine engine, string directory, params string[] arguments) =>
        await Command.RunAsync(directory, new Dictionary<string, string>(engine.Environment) { ["DOCKER_BUILDKIT"] = "0" }, "docker", ["build", .. arguments, "."]);

    private static async Task NeedBaseAsync(DockerEngine engine, string directory)
    {
        if (await engine.RunAsync("images", "--quiet", Base) != "")
        {
            return;
        }

        var root = Path.Combine(directory, "root");
        // The folder of the dotnet this test runs on: "dotnet" on PATH may be a script.
        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        foreach (var part in (string[])["host", "shared"])
        {
            Copy(Path.Combine(runtime, part), $"{root}{runtime}/{part}");
        }

        // With what ldd says that they need; OpenSSL is loaded by name.
        string[] programs = [
            "sh",
            Path.Combine(runtime, "dotnet"),
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libcoreclr.so"),
            .. Directory.EnumerateFiles("/usr/lib", "libssl.so.3", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })];
        await engine.ImportAsync(Base, programs, root, $"ENV PATH={runtime}:/usr/bin", "ENV ASPNETCORE_HTTP_PORTS=8080", "ENV DOTNET_RUNNING_IN_CONTAINER=true");
    }

    private static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
