using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Manifest.Models;

public static class ProjectModels
{
    public static void Launch_profiles(IDistributedApplicationBuilder builder)
    {
        builder.AddProject<HttpOnly>("http-only");
        builder.AddProject<HttpAndHttps>("both");
        builder.AddProject<HttpAndHttps>("chosen", "http");
        builder.AddProject<HttpAndHttps>("none", launchProfileName: null);
        builder.AddProject<NoProfile>("without");
        builder.AddProject("by-path", "../HttpOnly/HttpOnly.csproj");
        builder.AddProject("worker", "../Worker/Worker.csproj");
        builder.AddProject("kestrel", "../Kestrel/Kestrel.csproj");
        builder.AddProject<HttpAndHttps>("options", options => options.ExcludeLaunchProfile = true).WithHttpEndpoint();
        builder.AddProject("kestrel-left-out", "../Kestrel/Kestrel.csproj", options => options.ExcludeKestrelEndpoints = true);
    }

    public static void Project_endpoints(IDistributedApplicationBuilder builder)
    {
        builder.AddProject<HttpOnly>("added").WithHttpEndpoint(port: 1234, name: "admin").WithHttpsEndpoint(name: "secure").WithEndpoint(name: "raw", port: 9999);
        builder.AddProject<HttpOnly>("changed").WithEndpoint("http", endpoint => endpoint.Port = 8080).WithEndpoint("HTTPS", endpoint => endpoint.IsExternal = true);
        builder.AddProject<HttpOnly>("merged").WithHttpEndpoint(port: 4321, targetPort: 4322, name: "http");
        builder.AddProject<NoProfile>("target").WithHttpEndpoint(targetPort: 5000).WithHttpsEndpoint(targetPort: 5001).WithExternalHttpEndpoints();
        builder.AddProject<NoProfile>("with-env").WithHttpEndpoint(env: "PORT").WithEndpoint(name: "tcp", env: "TCP_PORT", scheme: "tcp");
        builder.AddProject<NoProfile>("same").WithHttpEndpoint(port: 7000, targetPort: 7000).WithEndpoint(name: "udp", protocol: ProtocolType.Udp, port: 53, targetPort: 5353);
        builder.AddProject<HttpOnly>("grpc").AsHttp2Service().WithHttpEndpoint(name: "more");
        builder.AddProject<HttpOnly>("external").WithExternalHttpEndpoints();
        builder.AddProject<HttpOnly>("no-forwarded").DisableForwardedHeaders().WithReplicas(3);
        builder.AddProject<HttpOnly>("filtered").WithHttpEndpoint(name: "hidden").WithEndpointsInEnvironment(endpoint => endpoint.Name != "hidden");
        builder.AddProject<NoProfile>("not-proxied").WithHttpEndpoint(port: 6000, isProxied: false).WithHttpEndpoint(targetPort: 6001, name: "second", isProxied: false);
    }

    public static void First_endpoints_of_a_scheme(IDistributedApplicationBuilder builder)
    {
        builder.AddProject<NoProfile>("with-target").WithHttpEndpoint(targetPort: 5000, name: "one").WithHttpEndpoint(name: "two").WithHttpEndpoint(name: "three");
        builder.AddProject<NoProfile>("usual-second").WithHttpEndpoint(name: "one").WithHttpEndpoint().WithHttpsEndpoint(name: "s1").WithHttpsEndpoint();
        builder.AddProject<NoProfile>("by-scheme").WithEndpoint(name: "t", scheme: "tcp").WithEndpoint(name: "h", scheme: "http", port: 4).WithEndpoint(name: "h2", scheme: "http");
        builder.AddProject<HttpOnly>("target-of-usual").WithEndpoint("http", endpoint => endpoint.TargetPort = 6).WithHttpEndpoint(name: "x").WithHttpsEndpoint(name: "y");
        builder.AddProject<HttpOnly>("other-schemes").WithEndpoint("http", endpoint => endpoint.UriScheme = "tcp").WithHttpEndpoint(name: "x")
            .WithEndpoint("https", endpoint => endpoint.UriScheme = "http").WithHttpsEndpoint(name: "z");
        builder.AddProject<NoProfile>("with-env").WithHttpEndpoint(name: "one", env: "P").WithHttpEndpoint(name: "two").WithHttpsEndpoint(name: "u", isProxied: false, port: 3);
        builder.AddProject<NoProfile>("upper-case").WithEndpoint(name: "UP", scheme: "HTTP").WithEndpoint(name: "up2", scheme: "http");
        builder.AddProject<NoProfile>("udp").WithEndpoint(name: "udp", scheme: "http", protocol: ProtocolType.Udp).WithHttpEndpoint(name: "two");
        builder.AddProject("kestrel", "../Kestrel/Kestrel.csproj").WithHttpEndpoint(name: "more").WithHttpsEndpoint(name: "mores");
        builder.AddProject<HttpAndHttps>("no-profile", launchProfileName: null).WithHttpEndpoint(name: "first", port: 80).WithHttpEndpoint(name: "second", port: 81);
        builder.AddProject<NoProfile>("usual-name").WithEndpoint(name: "http", scheme: "tcp").WithEndpoint(name: "web", scheme: "http");
    }

    public static void Project_environment_and_arguments(IDistributedApplicationBuilder builder)
    {
        var secret = builder.AddParameter("secret", secret: true);
        var container = builder.AddContainer("store", "store").WithEndpoint(name: "tcp", targetPort: 100, scheme: "tcp").WithHttpEndpoint(targetPort: 80);
        var tcp = container.GetEndpoint("tcp");
        builder.AddProject<HttpOnly>("app")
            .WithArgs("plain", "with \"quotes\" & <marks>", "ümläut €", "a{b}c")
            .WithArgs(context =>
            {
                context.Args.Add(tcp);
                context.Args.Add(tcp.Property(EndpointProperty.Port));
                context.Args.Add(secret.Resource);
                context.Args.Add(ReferenceExpression.Create($"--at={tcp.Property(EndpointProperty.HostAndPort)};{secret}"));
                context.Args.Add(7);
            })
            .WithEnvironment("TEXT", "a 'b' \"c\" <d> & + é €")
            .WithEnvironment("EMPTY", "")
            .WithEnvironment("NULL", (string?)null)
            .WithEnvironment("BRACES", "{not} {{an}} expression")
            .WithEnvironment("URL", tcp)
            .WithEnvironment("HOST", tcp.Property(EndpointProperty.Host))
            .WithEnvironment("IPV4", tcp.Property(EndpointProperty.IPV4Host))
            .WithEnvironment("SCHEME", tcp.Property(EndpointProperty.Scheme))
            .WithEnvironment("TARGET", tcp.Property(EndpointProperty.TargetPort))
            .WithEnvironment("HOST_AND_PORT", tcp.Property(EndpointProperty.HostAndPort))
            .WithEnvironment("TLS", tcp.Property(EndpointProperty.TlsEnabled))
            .WithEnvironment("SECRET", secret)
            .WithEnvironment("CALLBACK", () => "later")
            .WithEnvironment("INTERPOLATED", $"{tcp.Property(EndpointProperty.Host)}:{{literal}}/{secret}?{"text"}")
            .WithEnvironment("ENCODED", $"{secret:uri}@{tcp.Property(EndpointProperty.Host):uri}")
            .WithEnvironment("HOST_URL", new HostUrl("http://localhost:1234/path"))
            .WithEnvironment(context => context.EnvironmentVariables["NUMBER"] = 42)
            .WithEnvironment(context => context.EnvironmentVariables["FLAG"] = true)
            .WithEnvironment("TEXT", "replaced");
    }

    public static void Kestrel_configurations(IDistributedApplicationBuilder builder)
    {
        foreach (var project in new[] { "KestrelHttps", "KestrelHttp2", "KestrelMany", "KestrelDefaults" })
        {
            builder.AddProject(project, $"../{project}/{project}.csproj");
        }

        builder.AddProject("endpoints-left-out", "../KestrelMany/KestrelMany.csproj", options => options.ExcludeKestrelEndpoints = true).WithHttpEndpoint();
        builder.AddProject<HttpOnly>("refers").WithReference(builder.CreateResourceBuilder<ProjectResource>("KestrelHttps")).WithReference(builder.CreateResourceBuilder<ProjectResource>("KestrelMany"));
    }

    public static void Launch_profile_forms(IDistributedApplicationBuilder builder)
    {
        builder.AddProject("no-command", "../NoCommand/NoCommand.csproj");
        builder.AddProject("not-a-project", "../NoCommand/NoCommand.csproj", "IIS Express");
        builder.AddProject("upper-case", "../NoCommand/NoCommand.csproj", "Upper");
        builder.AddProject("empty-url", "../EmptyUrl/EmptyUrl.csproj");
    }

    public static void Launch_profiles_of_other_commands(IDistributedApplicationBuilder builder)
    {
        foreach (var project in new[] { "ExecutableProfile", "ExecutableFirst", "OtherCommands", "CommentsInProfiles", "Spa ce", "\u00dcml\u00e4ut" })
        {
            builder.AddProject($"p{builder.Resources.Count}", $"../{project}/{project}.csproj");
        }

        builder.AddProject("named", "../OtherCommands/OtherCommands.csproj", "docker");
    }

    public static void Kestrel_on_sockets(IDistributedApplicationBuilder builder)
    {
        builder.AddProject("socket", "../KestrelSocket/KestrelSocket.csproj");
        builder.AddProject("sockets", "../KestrelSockets/KestrelSockets.csproj");
        builder.AddProject("in-profile", "../SocketUrl/SocketUrl.csproj");
    }

    public static void Project_paths(IDistributedApplicationBuilder builder)
    {
        builder.AddProject("windows", "..\\HttpOnly\\HttpOnly.csproj");
        builder.AddProject("roundabout", ".././Worker/../HttpOnly/HttpOnly.csproj");
        builder.AddProject("directory", "../HttpOnly");
        builder.AddProject("directory-with-slash", "../HttpOnly/", "http");
    }

    public static void Ports_without_a_proxy(IDistributedApplicationBuilder builder)
    {
        builder.AddProject<HttpOnly>("usual").WithHttpEndpoint(port: 7000, isProxied: false).WithHttpsEndpoint(port: 7001, targetPort: 7002, isProxied: false);
        builder.AddProject<HttpOnly>("changed").WithEndpoint("http", endpoint => { endpoint.IsProxied = false; endpoint.Port = 5; });
        builder.AddProject<NoProfile>("none-said").WithHttpEndpoint(port: 9, isProxied: false).WithEndpoint("http", endpoint => endpoint.TargetPort = null);
        builder.AddContainer("target-only", "image").WithEndpoint("tcp", endpoint => { endpoint.IsProxied = false; endpoint.TargetPort = 6; });
    }
}
