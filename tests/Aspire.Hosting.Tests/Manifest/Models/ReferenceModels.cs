using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Manifest.Models;

public static class ReferenceModels
{
    public static void Service_references(IDistributedApplicationBuilder builder)
    {
        var web = builder.AddProject<HttpAndHttps>("back-End1").WithHttpEndpoint(name: "ad-min").WithEndpoint(name: "raw");
        builder.AddProject<HttpOnly>("by-resource").WithReference(web);
        builder.AddProject<HttpOnly>("by-name").WithReference(web, "other-Name");
        builder.AddProject<HttpOnly>("twice").WithReference(web).WithReference(web, "ignored");
        builder.AddProject<HttpOnly>("one-endpoint").WithReference(web.GetEndpoint("ad-min"));
        builder.AddProject<HttpOnly>("two-endpoints").WithReference(web.GetEndpoint("https")).WithReference(web.GetEndpoint("http"));
        builder.AddProject<HttpOnly>("digits").WithReference(web, "1st");
        builder.AddProject<HttpOnly>("by-uri").WithReference("ser-vice", new Uri("https://example.com/a")).WithReference("1root", new Uri("http://example.org"));
        builder.AddProject<HttpOnly>("flags").WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery).WithReference(web).WithReference("u", new Uri("http://u"));
        builder.AddProject<HttpOnly>("flags-after").WithReference(web).WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.Endpoints);
        var container = builder.AddContainer("container", "image").WithHttpEndpoint(targetPort: 80).WithHttpEndpoint(targetPort: 81, name: "second");
        builder.AddContainer("consumer", "image").WithReference(container.GetEndpoint("http")).WithReference(container.GetEndpoint("second"));
        builder.AddExecutable("tool", "x", ".").WithReference(web).WithReference(container.GetEndpoint("http"));
        web.WithReference(web);
    }

    // Aspire 13.6 adds a second variable with underscores, such as ConnectionStrings__redis_server, which 13.5.2 has not: it was taken out of the golden file.
    public static void Hyphenated_connection_names(IDistributedApplicationBuilder builder)
    {
        var redis = builder.AddRedis("redis-server");
        var text = builder.AddConnectionString("con-nection");
        var named = builder.AddConnectionString("na-med", "OWN-NAME");
        builder.AddProject<HttpOnly>("own-name").WithReference(redis).WithReference(text).WithReference(named);
        builder.AddProject<HttpOnly>("ali-as").WithReference(redis, "my-cache").WithReference(text, "a.b_c").WithReference(redis, "plain").WithReference(text, "1--st");
        builder.AddProject<HttpOnly>("string-only").WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString).WithReference(redis).WithReference(text, optional: true);
        builder.AddProject<HttpOnly>("properties-only").WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionProperties).WithReference(redis);
        builder.AddContainer("con-tainer", "image").WithEnvironment("ConnectionStrings__my_cache", "text").WithReference(redis, "my-cache").WithReference(redis, "other-cache");
        builder.AddExecutable("exe-cutable", "x", ".").WithReference(redis, "my-cache").WithReference(redis, "my-cache");
    }

    public static void Endpoints_by_names_in_another_case(IDistributedApplicationBuilder builder)
    {
        var store = builder.AddContainer("Store", "image").WithHttpEndpoint(targetPort: 80, name: "Web");
        var (web, later) = (store.GetEndpoint("WEB"), store.GetEndpoint("LATER"));
        store.WithEndpoint(targetPort: 9, name: "later");
        builder.AddContainer("uses", "image").WithReference(web).WithArgs(web)
            .WithEnvironment("WEB", $"{web}").WithEnvironment("LATER", later)
            .WithEnvironment("NETWORK", store.GetEndpoint("WEB", KnownNetworkIdentifiers.LocalhostNetwork));
    }

    public static void Encrypted_endpoints(IDistributedApplicationBuilder builder)
    {
        var store = builder.AddContainer("store", "image").WithHttpsEndpoint(targetPort: 443).WithEndpoint(targetPort: 1, scheme: "rediss", name: "redis")
            .WithEndpoint(targetPort: 2, scheme: "HTTPS", name: "upper").WithHttpsEndpoint(targetPort: 3, name: "refused").WithEndpoint("refused", endpoint => endpoint.TlsEnabled = false)
            .WithEndpoint("said", endpoint => { endpoint.TargetPort = 4; endpoint.TlsEnabled = true; }).WithEndpoint("changed", endpoint => { endpoint.TargetPort = 5; endpoint.UriScheme = "https"; });
        foreach (var endpoint in store.Resource.GetEndpoints())
        {
            builder.AddContainer($"of-{endpoint.EndpointName}", "image").WithEnvironment("TLS", $"{endpoint.GetTlsValue(ReferenceExpression.Create($"on"), ReferenceExpression.Create($"off"))}");
        }
    }

    public static void External_services(IDistributedApplicationBuilder builder)
    {
        var url = builder.AddParameter("url");
        var byText = builder.AddExternalService("by-text", "https://example.com/");
        var byUri = builder.AddExternalService("by-uri", new Uri("http://example.com:8080/"));
        var byParameter = builder.AddExternalService("by-parameter", url);
        builder.AddProject<HttpOnly>("app").WithReference(byText).WithReference(byUri).WithReference(byParameter)
            .WithEnvironment("TEXT", byText).WithEnvironment("PARAMETER", byParameter);
    }

    public static void Redis(IDistributedApplicationBuilder builder)
    {
        var password = builder.AddParameter("shared-password", secret: true);
        var plain = builder.AddRedis("plain");
        var ported = builder.AddRedis("ported", port: 6390);
        var own = builder.AddRedis("own", password: password);
        var open = builder.AddRedis("open").WithPassword(null);
        var changed = builder.AddRedis("changed").WithPassword(password).WithHostPort(6400);
        builder.AddRedis("volume").WithDataVolume();
        builder.AddRedis("named-volume").WithDataVolume("its-name", isReadOnly: true);
        builder.AddRedis("bind").WithDataBindMount("./redis");
        builder.AddRedis("persistent").WithPersistence(TimeSpan.FromMinutes(2), 5).WithArgs("--appendonly", "yes");
        builder.AddRedis("tools").WithRedisCommander().WithRedisInsight();
        builder.AddRedis("other-image").WithImage("valkey").WithImageTag("8").WithEntrypoint("redis-server");
        builder.AddProject<HttpOnly>("app")
            .WithReference(plain, connectionName: "redis").WithReference(ported).WithReference(own, "myRedis2").WithReference(open).WithReference(changed, "")
            .WithReference(plain);
        builder.AddProject<HttpOnly>("only-string").WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString).WithReference(plain);
        builder.AddProject<HttpOnly>("only-properties").WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionProperties).WithReference(plain);
        builder.AddProject<HttpOnly>("property")
            .WithEnvironment("URI", plain.Resource.UriExpression)
            .WithEnvironment("HOST", plain.Resource.GetConnectionProperty("host"))
            .WithEnvironment("MISSING", plain.Resource.GetConnectionProperty("missing"));
        plain.WithConnectionProperty("Extra", "text").WithConnectionProperty("Port", ReferenceExpression.Create($"1{password}"));
    }
}
