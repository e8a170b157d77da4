namespace Aspire.Hosting.ApplicationModel;

/// <summary>How far dependencies are followed.</summary>
public enum ResourceDependencyDiscoveryMode
{
    /// <summary>The dependencies, and theirs in turn.</summary>
    Recursive = 0,

    /// <summary>The dependencies of the resource itself.</summary>
    DirectOnly = 1,
}
