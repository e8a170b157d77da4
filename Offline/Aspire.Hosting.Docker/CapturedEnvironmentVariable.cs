using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Docker;

/// <summary>A variable that the Compose file refers to and the <c>.env</c> file holds.</summary>
public sealed class CapturedEnvironmentVariable
{
    /// <summary>The name of the variable.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, for whoever fills in the file.</summary>
    public string? Description { get; set; }

    /// <summary>The value it has in the file; none when it is to be filled in.</summary>
    public string? DefaultValue { get; set; }

    /// <summary>What it stands for: a parameter, for example.</summary>
    public object? Source { get; set; }

    /// <summary>The resource that uses it.</summary>
    public IResource? Resource { get; set; }
}
