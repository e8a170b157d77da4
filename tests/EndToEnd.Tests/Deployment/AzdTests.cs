using System.Text.Json.Nodes;
using Shared;

namespace EndToEnd.Tests.Deployment;

/// <summary>What azd does with the AppHost, done as azd does it. There is no azd here: <see cref="AzdManifest"/> holds its rules.</summary>
public class AzdTests
{
    private static readonly string s_appHost = Path.Combine(Repository.Root, "AppHost");

    private static readonly Dictionary<string, string> s_environment = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["ASPIRE_SUPPRESS_CLI_RUN_HOOK"] = "true",
        ["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>A manifest that azd takes; each case below breaks one rule with one change.</summary>
    private const string Good = """
        {
          "store": {
            "type": "container.v0", "image": "redis", "args": ["-c", "run $PASSWORD {{not}}"],
            "connectionString": "{store.bindings.tcp.host}:{store.bindings.tcp.port},password={password.value}{cond.connectionString}",
            "volumes": [{ "name": "data", "target": "/data", "readOnly": false }],
            "env": { "PASSWORD": "{password.value}" },
            "bindings": { "tcp": { "scheme": "redis", "protocol": "tcp", "transport": "tcp", "targetPort": 6379 } }
          },
          "web": {
            "type": "project.v0", "path": "web.csproj", "args": ["{name.value}"],
            "env": { "ConnectionStrings__s": "{store.connectionString}", "URI": "redis://:{password-uri-encoded.value}@x", "PORT": "{web.bindings.http.targetPort}" },
            "bindings": {
              "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "external": true },
              "https": { "scheme": "https", "protocol": "tcp", "transport": "http", "external": true },
              "admin": { "scheme": "http", "protocol": "tcp", "transport": "http", "targetPort": 8001 }
            }
          },
          "password": { "type": "parameter.v0", "value": "{password.inputs.value}", "inputs": { "value": { "type": "string", "secret": true, "default": { "generate": { "minLength": 22 } } } } },
          "name": { "type": "parameter.v0", "value": "{name.inputs.value}", "inputs": { "value": { "default": { "value": "x" } } } },
          "password-uri-encoded": { "type": "annotated.string", "value": "{password.value}", "filter": "uri" },
          "cond": { "type": "value.v0", "connectionString": "" }
        }
        """;

    [Fact]
    public async Task Azd_finds_the_AppHost()
    {
        var found = JsonNode.Parse(await Command.RunAsync(
            s_appHost, s_environment, "dotnet", "msbuild", "AppHost.csproj", "--ignore:.sln", "--getProperty:IsAspireHost", "--getItem:ProjectCapability"))!;

        Assert.Equal("true", (string?)found["Properties"]!["IsAspireHost"]);
        Assert.Contains("Aspire", found["Items"]!["ProjectCapability"]!.AsArray().Select(capability => (string?)capability!["Identity"]));
    }

    [Fact]
    public async Task Azd_takes_the_manifest()
    {
        var directory = Directory.CreateTempSubdirectory("azd-").FullName;
        var path = Path.Combine(directory, "apphost-manifest.json");

        // As azd asks for it, but built before.
        await Command.RunAsync(
            s_appHost, s_environment, "dotnet", "run", "--no-build", "--project", "AppHost.csproj", "--publisher", "manifest", "--output-path", path);

        var manifest = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Empty(AzdManifest.Faults(manifest, directory));
        Assert.Equal(
            ["redis-server", "counter", "redis-server-password", "redis-server-password-uri-encoded", "cond-redis-server-bindings-tcp-tlsenabled-11edc4cf"],
            JsonNode.Parse(manifest)!["resources"]!.AsObject().Select(resource => resource.Key));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void The_rules_take_what_azd_takes() => Assert.Empty(FaultsOf(Good));

    [Theory]
    [InlineData("""{ "tool": { "type": "executable.v0", "command": "x" } }""", "tool: unsupported resource type: executable.v0")]
    [InlineData("""{ "other": { "error": "This resource does not support generation in the manifest." } }""", "other: unsupported resource type: ")]
    [InlineData("""{ "store": { "image": null } }""", "store: container resource must have either an image, context or a build")]
    [InlineData("""{ "web": { "path": "../none.csproj" } }""", "web: there is no project ../none.csproj")]
    [InlineData("""{ "password-uri-encoded": { "filter": "base64" } }""", "password-uri-encoded: unsupported filter base64")]
    [InlineData("""{ "text": { "type": "value.v0" } }""", "text: a value needs a connectionString")]
    [InlineData("""{ "web": { "env": { "X": "{nosuch.value}" } } }""", "web: unknown resource referenced in binding expression: nosuch.value")]
    [InlineData("""{ "web": { "env": { "X": "{web}" } } }""", "web: unknown resource referenced in binding expression: web")]
    [InlineData("""{ "web": { "env": { "X": "{web.connectionString}" } } }""", "web: {web.connectionString} is nothing azd can resolve")]
    [InlineData("""{ "web": { "env": { "X": "{store.bindings.tcp.tlsEnabled}" } } }""", "web: {store.bindings.tcp.tlsEnabled} is nothing azd can resolve")]
    [InlineData("""{ "web": { "env": { "X": "{store.bindings.udp.port}" } } }""", "web: {store.bindings.udp.port} is nothing azd can resolve")]
    [InlineData("""{ "web": { "env": { "X": "{name.inputs.other}" } } }""", "web: {name.inputs.other} is nothing azd can resolve")]
    [InlineData("""{ "text": { "type": "value.v0", "connectionString": "a{text.connectionString}" } }""", "text: {text.connectionString} refers to itself")]
    [InlineData("""{ "name": { "value": "{password.inputs.value}" } }""", "name: parameter does not use inputs from its own resource. This is not supported")]
    [InlineData("""{ "name": { "inputs": { "value": { "type": "number" } } } }""", "name: unsupported type of input value")]
    [InlineData("""{ "password": { "inputs": { "value": { "default": { "value": "p" } } } } }""", "password: default value for secured parameter value is not supported")]
    [InlineData("""{ "store": { "args": ["--password={password.value}"] } }""", "store: argument 0 cannot contain connection strings, secured parameters, or secret outputs. Use environment variables instead")]
    [InlineData("""{ "store": { "args": ["a", "{password-uri-encoded.value}"] } }""", "store: argument 1 cannot contain connection strings, secured parameters, or secret outputs. Use environment variables instead")]
    [InlineData("""{ "web": { "args": ["{store.connectionString}"] } }""", "web: argument 0 cannot contain connection strings, secured parameters, or secret outputs. Use environment variables instead")]
    [InlineData("""{ "store": { "bindMounts": [{ "source": "x", "target": "/x" }] } }""", "store: bind mounts need the alpha feature azd.operations")]
    [InlineData("""{ "store": { "volumes": [{ "target": "/x" }] } }""", "store: a volume needs a name")]
    [InlineData("""{ "store": { "bindings": { "tcp": { "external": true } } } }""", "store: External non-HTTP(s) endpoints are not supported")]
    [InlineData("""{ "store": { "bindings": { "tcp": { "targetPort": null } } } }""", "store: a redis binding needs a targetPort")]
    [InlineData("""{ "web": { "bindings": { "admin": { "external": true } } } }""", "web: Multiple external endpoints are not supported")]
    [InlineData("""{ "web": { "bindings": { "http": { "port": 8080 } } } }""", "web: the main HTTP ingress can only have port 80 for http and 443 for https")]
    public void The_rules_refuse_what_azd_refuses(string change, string fault)
    {
        var resources = JsonNode.Parse(Good)!.AsObject();
        Merge(resources, JsonNode.Parse(change)!.AsObject());

        Assert.Equal([fault], FaultsOf(resources.ToJsonString()));
    }

    private static IReadOnlyList<string> FaultsOf(string resources)
    {
        var directory = Directory.CreateTempSubdirectory("azd-").FullName;
        File.WriteAllText(Path.Combine(directory, "web.csproj"), "");
        var faults = AzdManifest.Faults($$"""{"resources":{{resources}}}""", directory);
        Directory.Delete(directory, recursive: true);
        return faults;
    }

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inner && target[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
