using System.Reflection;

namespace Aspire.Hosting;

/// <summary>Options of the builder of a distributed application.</summary>
public sealed class DistributedApplicationOptions
{
    private string? _projectDirectory;

    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The name of the AppHost's assembly, when it is not the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>A registry that takes the place of those of all images.</summary>
    public string? ContainerRegistryOverride { get; set; }

    /// <summary>Whether there is no dashboard.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>The name the dashboard shows for the application.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Whether the dashboard may be served without TLS.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Whether what resources write is logged by the AppHost as well.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Whether resources trust the developer certificate.</summary>
    public bool? TrustDeveloperCertificate { get; set; }

    /// <summary>Whether resources end TLS with the developer certificate by default.</summary>
    public bool? DeveloperCertificateDefaultHttpsTerminationEnabled { get; set; }

    /// <summary>The directory of the AppHost's project.</summary>
    public string? ProjectDirectory
    {
        get => _projectDirectory ??= Metadata?.ProjectDirectory;
        set => _projectDirectory = value;
    }

    internal Assembly? Assembly => AssemblyName is null ? Assembly.GetEntryAssembly() : Assembly.Load(AssemblyName);

    internal AppHostMetadata? Metadata => Assembly is { } assembly ? AppHostMetadata.Of(assembly) : null;
}
