using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Combines the parts of connections.</summary>
public static class ConnectionPropertiesExtensions
{
    /// <summary>The properties of the resource with others added; of two with the same name the added one counts.</summary>
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> CombineProperties(this IResourceWithConnectionString source, IEnumerable<KeyValuePair<string, ReferenceExpression>> additional)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(additional);
        var properties = new OrderedDictionary<string, ReferenceExpression>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in source.GetConnectionProperties().Concat(additional))
        {
            properties[name] = value;
        }

        return properties;
    }
}
