using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Finds out whether a value is made of secrets.</summary>
internal static class Secrets
{
    public static bool Within(object? value) => Within(value, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static bool Within(object? value, HashSet<object> seen)
    {
        if (value is null or string || !seen.Add(value))
        {
            return false;
        }

        return value switch
        {
            ParameterResource parameter => parameter.Secret,

            // Where a resource is, is no secret, whatever it takes to connect to it.
            EndpointReference or EndpointReferenceExpression => false,
            IResourceBuilder<IResource> builder => Within(builder.Resource, seen),
            ConnectionStringReference reference => Within(reference.Resource, seen),
            IResourceWithConnectionString resource => Within(resource.ConnectionStringExpression, seen),
            IValueWithReferences references => references.References.Any(reference => Within(reference, seen)),
            _ => false,
        };
    }
}
