using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What is different when an AppHost runs in a test: no dashboard, ports that are free, everything in the log.</summary>
internal static class TestDefaults
{
    private static readonly KeyValuePair<string, string?>[] s_configuration =
    [
        new("DcpPublisher:RandomizePorts", "true"),
        new("DcpPublisher:ContainerRuntimeInitializationTimeout", "00:00:30"),
        new("DcpPublisher:WaitForResourceCleanup", "true"),
        new("ASPNETCORE_URLS", "http://localhost:8080"),
        new("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:4317"),
        new("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true"),
    ];

    public static void Apply(Assembly assembly, string[] args, DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        var directory = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(item => string.Equals(item.Key, "apphostprojectpath", StringComparison.OrdinalIgnoreCase))?.Value;

        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        options.AssemblyName ??= assembly.GetName().Name;
        options.ProjectDirectory ??= directory;
        options.Args = [.. options.Args ?? [], .. args];

        settings.Args = options.Args;
        settings.ApplicationName ??= assembly.GetName().Name;
        settings.Configuration ??= new ConfigurationManager();
        if (directory is not null && Directory.Exists(directory))
        {
            settings.ContentRootPath ??= directory;
            settings.Configuration.AddInMemoryCollection(EnvironmentOfFirstProfile(directory));
        }

        settings.Configuration.AddInMemoryCollection(s_configuration);
    }

    public static void Apply(DistributedApplicationBuilder builder)
    {
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, TestHostLifetime>());
        if (!string.Equals(builder.Configuration["ASPIRE_TESTING_DISABLE_HTTP_CLIENT"], "true", StringComparison.OrdinalIgnoreCase))
        {
            builder.Services.AddHttpClient();
            builder.Services.ConfigureHttpClientDefaults(client => client.AddStandardResilienceHandler());
        }
    }

    /// <summary>What <c>dotnet run</c> would set, also as the host reads it: without its prefix.</summary>
    private static Dictionary<string, string?> EnvironmentOfFirstProfile(string directory)
    {
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var path = Path.Combine(directory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return variables;
        }

        using var file = File.OpenRead(path);
        using var document = JsonDocument.Parse(file, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        if (!document.RootElement.TryGetProperty("profiles", out var profiles)
            || !profiles.EnumerateObject().FirstOrDefault().Value.TryGetPropertyOrDefault("environmentVariables", out var environment))
        {
            return variables;
        }

        foreach (var variable in environment.EnumerateObject())
        {
            variables[variable.Name] = variable.Value.GetString();
            foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
            {
                if (variable.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    variables[variable.Name[prefix.Length..]] = variable.Value.GetString();
                }
            }
        }

        return variables;
    }

    private static bool TryGetPropertyOrDefault(this JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
    }
}
