namespace Aspire.Hosting.ApplicationModel;

/// <summary>When the image of a container is pulled.</summary>
public enum ImagePullPolicy
{
    /// <summary>As the container engine does by default.</summary>
    Default,

    /// <summary>Before every start.</summary>
    Always,

    /// <summary>When it is not there.</summary>
    Missing,

    /// <summary>Never: it must be there.</summary>
    Never,
}
