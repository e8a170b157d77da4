namespace Aspire.Hosting.ApplicationModel;

/// <summary>An argument of the build of an image.</summary>
/// <param name="name">Its name.</param>
/// <param name="value">Its value; without one it is taken from the environment.</param>
[Obsolete("Use WithBuildArg instead.")]
public sealed class DockerBuildArg(string name, object? value = null)
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = name;

    /// <summary>Its value.</summary>
    public object? Value { get; init; } = value;
}
