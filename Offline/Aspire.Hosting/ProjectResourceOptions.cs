namespace Aspire.Hosting;

/// <summary>How a project is added.</summary>
public class ProjectResourceOptions
{
    /// <summary>The launch profile, or null for the default.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Whether no launch profile applies.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Whether endpoints of the project's Kestrel configuration are left out.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
