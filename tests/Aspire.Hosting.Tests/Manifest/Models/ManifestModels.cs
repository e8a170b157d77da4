using System.Reflection;
using Aspire.Hosting;

namespace Manifest.Models;

/// <summary>
/// Models that both the projects in Offline/ and the published packages compile. What the published packages make of them is in Golden/.
/// </summary>
public static class ManifestModels
{
    private static readonly Dictionary<string, MethodInfo> s_models = typeof(ManifestModels).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(ManifestModels).Namespace && type.Name.EndsWith("Models", StringComparison.Ordinal) && type != typeof(ManifestModels))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .ToDictionary(method => method.Name);

    public static IReadOnlyCollection<string> Names => s_models.Keys;

    /// <summary>Publishes a model of an AppHost in the directory, beside which the projects lie.</summary>
    public static void Publish(string name, string appHostDirectory, string outputPath)
    {
        ProjectBeside.Root = Path.GetDirectoryName(appHostDirectory)!;
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--publisher", "manifest", "--output-path", outputPath],
            ProjectDirectory = appHostDirectory,
            DisableDashboard = true,
        });
        s_models[name].Invoke(null, [builder]);
        builder.Build().Run();
    }
}

/// <summary>A project beside the AppHost, as the classes that a build generates describe it.</summary>
public abstract class ProjectBeside(string name) : IProjectMetadata
{
    public static string Root { get; set; } = "";

    public string ProjectPath => Path.Combine(Root, name, $"{name}.csproj");
}

public sealed class HttpOnly() : ProjectBeside(nameof(HttpOnly));

public sealed class HttpAndHttps() : ProjectBeside(nameof(HttpAndHttps));

public sealed class NoProfile() : ProjectBeside(nameof(NoProfile));
