namespace Aspire.Hosting.Docker.Resources.ComposeNodes;

/// <summary>A part of a Compose file that has a name.</summary>
public abstract class NamedComposeMember
{
    /// <summary>The name.</summary>
    public required string Name { get; set; }
}
