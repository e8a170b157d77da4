using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Manifest.Models;

public static class ContainerModels
{
    public static void Images(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("plain", "nginx");
        builder.AddContainer("tagged", "nginx", "1.27");
        builder.AddContainer("in-name", "nginx:1.26");
        builder.AddContainer("registry", "mcr.example.com/team/nginx", "2").WithImageRegistry("ghcr.io");
        builder.AddContainer("registry-only", "team/nginx").WithImageRegistry("ghcr.io");
        builder.AddContainer("digest", "nginx").WithImageSHA256("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        builder.AddContainer("image-again", "nginx", "1").WithImage("httpd");
        builder.AddContainer("image-tag", "nginx", "1").WithImageTag("2");
        builder.AddContainer("port-in-registry", "localhost:5000/nginx:3");
    }

    public static void Container_options(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("everything", "image")
            .WithEntrypoint("/bin/run")
            .WithArgs("one", "two words", "$VARIABLE", "\"quoted\"")
            .WithBindMount("./data", "/data")
            .WithBindMount(Path.Combine(builder.AppHostDirectory, "absolute"), "/absolute", isReadOnly: true)
            .WithBindMount("../beside", "/beside")
            .WithVolume("named", "/named")
            .WithVolume("read-only", "/read-only", isReadOnly: true)
            .WithVolume("/anonymous")
            .WithEnvironment("A", "b")
            .WithContainerName("name")
            .WithLifetime(ContainerLifetime.Persistent)
            .WithContainerRuntimeArgs("--cpus", "1")
            .WithHttpEndpoint(port: 8080, targetPort: 80)
            .WithEndpoint(port: 9000, name: "only-port")
            .WithEndpoint(targetPort: 7000, name: "only-target", scheme: "redis")
            .WithEndpoint(name: "no-port")
            .WithHttpsEndpoint(targetPort: 443, name: "tls", env: "TLS_PORT")
            .WithExternalHttpEndpoints();
        builder.AddContainer("bare", "image");
        builder.AddContainer("ports-from-8000", "image").WithHttpEndpoint().WithHttpEndpoint(name: "again").WithHttpEndpoint(name: "env", env: "PORT");
    }

    public static void Empty_and_repeated_options(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("no-tag", "image", "").WithEntrypoint("");
        builder.AddContainer("no-tag-later", "image").WithImageTag("");
        builder.AddContainer("no-tag-of-another", "image").WithImage("other", "");
        builder.AddContainer("tag-in-name", "registry.io/image:1").WithImage("other:5");
        builder.AddContainer("no-registry", "image").WithImageRegistry("");
        builder.AddContainer("no-arguments", "image").WithArgs().WithArgs(ReferenceExpression.Create($""));
        builder.AddContainer("digest-last", "image").WithImageTag("1").WithImageSHA256("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        builder.AddContainer("tag-last", "image").WithImageSHA256("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef").WithImageTag("1");
        builder.AddContainer("mounts", "image").WithVolume("same", "/same").WithVolume("same", "/same").WithVolume(null!, "/anonymous").WithBindMount("here/../there", "/there");
    }

    public static void Image_names(IDistributedApplicationBuilder builder)
    {
        string[] images =
        [
            "", " ", "-bad", "img/", "//img", ":tag", "img:", "img:-t", "img:.t", "img:t/", "img:1:2", "a:b/c", "a:1/2", "a/b:1/2", "host:80//x", "host:80/", "host:80", "img@", "img@x", "img@sha256:", "img@sha256:zz",
            "img:t@sha256:zz", "img@sha256:a@sha256:b", "img@md5:0123", "a@b@c", "UPPER/a", "_a", ".a", "[::1]:5000/a", "[::1]/a", "[::1]", "[x]/a", "\u00e9:\u00fc", "a b", "a\n", "a@sha256:b\ny", "$x", "a+b", "http://a",
        ];
        var told = builder.AddContainer("told", "image");
        for (var i = 0; i < images.Length; i++)
        {
            try
            {
                builder.AddContainer($"image-{i}", images[i]);
            }
            catch (ArgumentException exception)
            {
                told.WithEnvironment($"IMAGE_{i}", $"{exception.GetType().Name}: {exception.Message}".ToString());
                builder.Resources.Remove(builder.Resources.Single(resource => resource.Name == $"image-{i}"));
            }
        }

        builder.AddContainer("empty-digest", "image").WithImageSHA256("");
    }

    public static void Empty_mounts(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("mounts", "image").WithBindMount("", "/here").WithBindMount("x", "").WithVolume("named", "").WithVolume("").WithContainerName("");
    }

    public static void Ports_of_zero(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("container", "image").WithHttpEndpoint(targetPort: 0).WithHttpEndpoint(port: 0, name: "b").WithEndpoint(port: 5, targetPort: 0, name: "c").WithEndpoint(port: 0, targetPort: 6, name: "d").WithEndpoint(name: "e");
        builder.AddProject<HttpOnly>("project").WithEndpoint("http", endpoint => endpoint.TargetPort = 0).WithHttpEndpoint(port: 0, name: "x").WithHttpEndpoint(targetPort: 0, name: "y");
        builder.AddExecutable("executable", "x", ".").WithHttpEndpoint(port: 0).WithHttpEndpoint(targetPort: 0, name: "y").WithEndpoint(port: -1, name: "z");
    }

    public static void Protocols_and_transports(IDistributedApplicationBuilder builder)
    {
        var (http2, plain) = (builder.AddContainer("http2", "image").AsHttp2Service(), builder.AddContainer("plain", "image"));
        var port = 1;
        foreach (var scheme in new[] { "http", "https", "tcp", "HTTP" })
        {
            foreach (var transport in new[] { null, "http", "tcp", "http3" })
            {
                http2.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, uriScheme: scheme, transport: transport, name: $"e{port}", targetPort: port++));
            }
        }

        foreach (var protocol in new[] { ProtocolType.Tcp, ProtocolType.Udp, ProtocolType.Icmp, ProtocolType.IPv6 })
        {
            plain.WithAnnotation(new EndpointAnnotation(protocol, targetPort: port++)).WithAnnotation(new EndpointAnnotation(protocol, uriScheme: "own", name: $"e{port}", targetPort: port++));
        }
    }

    public static void Characters_of_values(IDistributedApplicationBuilder builder)
    {
        string[] values =
        [
            "\"", "\\", "'", "a\nb\r\n\t", "\0", "\u0001\u001f\u007f\u0080\u009f", "\u2028\u2029\ufeff", "\U0001f600\u200d\U0001f469", "e\u0301 \u00e9", "\ud800", "x\udc00y", "<a href='x'>&amp;</a>",
            "+-*/%$#@!~`^|=;:,.?", "\u65e5\u672c", " ", "", "null", "\u00a0", "\uffff", new('x', 5_000),
        ];
        var container = builder.AddContainer("container", "image").WithEntrypoint("/bin/\"x\" \u00e9").WithArgs(values);
        for (var i = 0; i < values.Length; i++)
        {
            container.WithEnvironment($"VALUE_{i}", values[i]);
        }

        container.WithEnvironment("na\"me", "x").WithEnvironment("\u00fc", "y").WithEnvironment(" ", "z").WithEnvironment("a=b", "z").WithEnvironment("", "empty");
    }

    public static void Values_of_many_kinds(IDistributedApplicationBuilder builder)
    {
        var parameter = builder.AddParameter("p");
        var text = builder.AddConnectionString("cs");
        var redis = builder.AddRedis("redis");
        builder.AddContainer("builders", "image")
            .WithArgs(parameter, text, redis, redis.GetEndpoint("tcp"), 1, 2.5, true)
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["PARAMETER"] = parameter;
                context.EnvironmentVariables["REDIS"] = redis.Resource;
                context.EnvironmentVariables["NUMBER"] = 1.5;
                context.EnvironmentVariables["NULL"] = null!;
            });
        builder.AddContainer("nulls", "image").WithArgs("a", null!, "b").WithEnvironment("NULL", () => null!);
        builder.AddContainer("only-nulls", "image").WithArgs(context => context.Args.Add(null!)).WithEnvironment("NULL", () => null!);
        builder.AddExecutable("executable", "x", ".", "a", redis, parameter.Resource);
    }

    public static void Windows_paths(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("mounts", "image").WithBindMount("..\\data", "C:\\data").WithVolume("volume", "C:\\volume");
        builder.AddExecutable("tool", "a\\b.exe", "..\\x\\y", "c:\\z");
    }

    public static void Windows_paths_to_the_end(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("mounts", "image").WithBindMount("a\\b\\..\\c", "/a/").WithBindMount("\\abs\\x", "\\b").WithBindMount("C:\\a\\..\\b", "/c").WithBindMount("x\\", "/d").WithBindMount("\\\\server\\share", "/e");
        builder.AddExecutable("abs", "x", "\\abs\\x");
        builder.AddExecutable("up", "x\\..\\y", "a\\..\\b").WithWorkingDirectory("q\\..\\r\\");
        builder.AddDockerfile("built", "a\\b\\..\\c", "x\\..\\D");
        builder.AddContainer("by-callback", "image").WithManifestPublishingCallback(context =>
        {
            context.Writer.WriteString("path", context.GetManifestRelativePath(builder.AppHostDirectory + "/a\\b\\..\\c"));
            context.Writer.WriteString("none", context.GetManifestRelativePath(null));
        });
    }

    public static void Written_by_callbacks(IDistributedApplicationBuilder builder)
    {
        var secret = builder.AddParameter("secret", secret: true);
        var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "password");
        var text = builder.AddConnectionString("text", ReferenceExpression.Create($"x{secret}"));
        var container = builder.AddContainer("container", "image").WithEnvironment("X", "1").WithHttpEndpoint(targetPort: 1).WithArgs("q");
        container.WithManifestPublishingCallback(async context =>
        {
            context.Writer.WriteString("type", "own");
            await context.WriteEnvironmentVariablesAsync(container.Resource);
            context.WriteBindings(container.Resource);
            await context.WriteCommandLineArgumentsAsync(container.Resource);
            context.TryAddDependentResources(password);
        });
        builder.AddResource(new Unknown("own")).WithManifestPublishingCallback(context =>
        {
            context.TryAddDependentResources(ReferenceExpression.Create($"{password:uri}"));
            context.WriteConnectionString(text.Resource);
        });
        builder.AddProject<HttpOnly>("twice").WithManifestPublishingCallback(_ => { }).WithManifestPublishingCallback(context => context.Writer.WriteString("second", "x"));
        builder.AddContainer("left-out-then-not", "image").ExcludeFromManifest().WithManifestPublishingCallback(context => context.Writer.WriteString("a", "b"));
        builder.AddContainer("not-then-left-out", "image").WithManifestPublishingCallback(context => context.Writer.WriteString("a", "b")).ExcludeFromManifest();
        var redis = builder.AddRedis("redis");
        redis.WithManifestPublishingCallback(context => context.WriteContainerAsync(redis.Resource));
    }

    public static void Resources_of_own_types(IDistributedApplicationBuilder builder)
    {
        var key = builder.AddParameter("key", secret: true);
        var own = builder.AddResource(new Own("own", key.Resource));
        var left = builder.AddResource(new Own("left-out", key.Resource)).ExcludeFromManifest();
        builder.AddContainer("uses", "image").WithReference(own).WithReference(left, "alias").WithEnvironment("INSIDE", $"{own};{left.Resource.ConnectionStringExpression}");
        builder.AddResource(new OwnContainer("container")).WithImage("image", "2").WithHttpEndpoint(targetPort: 8);
    }

    public static void Executables(IDistributedApplicationBuilder builder)
    {
        builder.AddExecutable("tool", "node", "../app", "server.js", "--port", "1");
        builder.AddExecutable("here", "./run.sh", ".").WithHttpEndpoint(env: "PORT").WithEnvironment("A", "b");
        builder.AddExecutable("ported", "x", ".").WithHttpEndpoint(port: 3000).WithEndpoint(port: 3001, targetPort: 3002, name: "t", isExternal: true);
        builder.AddExecutable("changed", "x", ".").WithCommand("y").WithWorkingDirectory("../elsewhere");
    }

    public static void Programs_published_as_images(IDistributedApplicationBuilder builder)
    {
        var version = builder.AddParameter("version");
        var text = builder.AddConnectionString("text");
        var script = builder.AddExecutable("script", "node", "../app", "server.js").WithHttpEndpoint(env: "PORT").WithReference(text).PublishAsDockerFile();
        var service = builder.AddProject<HttpAndHttps>("service").WithArgs("left out").WithReference(text).PublishAsDockerFile();
        builder.AddExecutable("configured", "node", "../app", "server.js").WithEndpoint(targetPort: 99, name: "raw")
            .PublishAsDockerFile(image => image.WithBuildArg("VERSION", version).WithArgs("serve").WithEnvironment("A", "b").WithVolume("data", "/data"));
        builder.AddProject<HttpOnly>("elsewhere").PublishAsDockerFile(image => image.WithDockerfile("../app", "docker/Other", "final"));
        builder.AddExecutable("left-out-before", "node", "../app").ExcludeFromManifest().PublishAsDockerFile();
        builder.AddExecutable("left-out-after", "node", "../app").PublishAsDockerFile().ExcludeFromManifest();
        service.WithEnvironment("AFTER", "1").WithExternalHttpEndpoints();
        builder.AddContainer("caller", "image").WithReference(service).WithReference(script.GetEndpoint("http"));
    }

    public static void Dockerfiles_that_are_written(IDistributedApplicationBuilder builder)
    {
        builder.AddDockerfileFactory("added", "../app", context => $"FROM scratch\nLABEL name={context.Resource.Name}\n").WithBuildArg("A", "b");
        builder.AddContainer("later", "image").WithDockerfileFactory("../app", _ => Task.FromResult("FROM scratch AS first\n"), "first");
    }

    public static void Built_from_a_Dockerfile(IDistributedApplicationBuilder builder)
    {
        var version = builder.AddParameter("version");
        var token = builder.AddParameter("token", secret: true);
        builder.AddDockerfile("plain", "../app");
        builder.AddDockerfile("everything", "../app", "docker/Other", "final")
            .WithBuildArg("TEXT", "text")
            .WithBuildArg("NUMBER", 5)
            .WithBuildArg("FLAG", true)
            .WithBuildArg("NOTHING", (object?)null)
            .WithBuildArg("VERSION", version)
            .WithBuildArg("TEXT", "other")
            .WithBuildSecret("TOKEN", token)
            .WithHttpEndpoint(targetPort: 80)
            .WithEnvironment("A", "b")
            .WithEntrypoint("/bin/run")
            .WithArgs("one")
            .WithVolume("named", "/named");
        builder.AddContainer("later", "image", "1").WithDockerfile("./", "Own");
        builder.AddDockerfile("twice", "../app").WithDockerfile(".", "Second").WithImage("own/name", "2");
    }

    public static void Left_out_and_by_callback(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("left-out", "image").ExcludeFromManifest();
        builder.AddContainer("by-callback", "image").WithManifestPublishingCallback(context =>
        {
            context.Writer.WriteString("type", "own.v0");
            context.Writer.WriteString("path", context.GetManifestRelativePath(Path.Combine(builder.AppHostDirectory, "..", "else")));
        });
        var parameter = builder.AddParameter("kept-out").ExcludeFromManifest();
        builder.AddContainer("as-container", "image").PublishAsContainer().WithEnvironment("P", parameter);
        builder.AddResource(new Unknown("unknown"));
    }

    private sealed class Own(string name, ParameterResource key) : Resource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"Key={key};Encoded={key:uri}");

        public string? ConnectionStringEnvironmentVariable => $"{Name}_CONNECTION".Replace('-', '_');
    }

    private sealed class OwnContainer(string name) : ContainerResource(name, "/entry"), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"at={this.GetEndpoint("http")}");
    }

    private sealed class Unknown(string name) : Resource(name);
}
