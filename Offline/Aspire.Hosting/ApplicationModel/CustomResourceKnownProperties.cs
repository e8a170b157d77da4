using Aspire.Hosting.Execution;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names of properties the dashboard knows.</summary>
public static class CustomResourceKnownProperties
{
    /// <summary>What the resource is made from.</summary>
    public static string Source { get; } = KnownProperties.Source;

    /// <summary>The connection string of the resource.</summary>
    public static string ConnectionString { get; } = KnownProperties.ConnectionString;

    /// <summary>The parts of the connection to the resource.</summary>
    public static string ConnectionProperties { get; } = KnownProperties.ConnectionProperties;
}
