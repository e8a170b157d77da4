namespace Aspire.Hosting.ApplicationModel;

/// <summary>How long a container lives.</summary>
public enum ContainerLifetime
{
    /// <summary>As long as the application host.</summary>
    Session,

    /// <summary>Beyond the application host; the next run finds it again.</summary>
    Persistent,
}
