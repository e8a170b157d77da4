using Shared;

namespace EndToEnd.Tests;

/// <summary>Environments in which the AppHost finds one store and no other, as on three kinds of machine.</summary>
internal static class Stores
{
    private const string NoEngine = "unix:///nonexistent/docker.sock";

    /// <summary>A machine with a container engine, which this environment leads to.</summary>
    public static Dictionary<string, string?> Container(IReadOnlyDictionary<string, string> engine) => engine.ToDictionary(pair => pair.Key, string? (pair) => pair.Value);

    /// <summary>A machine with the .NET SDK and nothing else.</summary>
    public static Dictionary<string, string?> Garnet(string home)
    {
        var bin = Directory.CreateDirectory(Path.Combine(home, "bin")).FullName;
        foreach (var program in (string[])["dotnet", "sh"])
        {
            var link = Path.Combine(bin, program);
            if (!File.Exists(link))
            {
                File.CreateSymbolicLink(link, new FileInfo(Tools.Require(program)).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Tools.Require(program));
            }
        }

        return new() { ["PATH"] = bin, ["DOCKER_HOST"] = NoEngine, ["CONTAINER_HOST"] = NoEngine, ["ASPIRE_REDIS_STORE"] = null };
    }

    /// <summary>A machine with redis-server on PATH and no container engine.</summary>
    public static Dictionary<string, string?> RedisServer()
    {
        Tools.Require("redis-server");
        return new() { ["DOCKER_HOST"] = NoEngine, ["CONTAINER_HOST"] = NoEngine, ["ASPIRE_CONTAINER_RUNTIME"] = "docker", ["ASPIRE_REDIS_STORE"] = null };
    }
}
