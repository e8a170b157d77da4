namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a container mount refers to.</summary>
public enum ContainerMountType
{
    /// <summary>A path on the host.</summary>
    BindMount,

    /// <summary>A volume of the container engine.</summary>
    Volume,
}
