using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>What can't be had together with several instances.</summary>
internal static class ReplicaRules
{
    public static bool IsPersistent(IResource resource) =>
        resource.Annotations.OfType<ContainerLifetimeAnnotation>().LastOrDefault()?.Lifetime == ContainerLifetime.Persistent;

    /// <exception cref="InvalidOperationException">The model asks for what can't be had.</exception>
    public static void Check(IResource resource)
    {
        var several = resource.GetReplicaCount() > 1;
        if (several && IsPersistent(resource))
        {
            throw new InvalidOperationException($"Resource '{resource.Name}' uses multiple replicas and a persistent lifetime. These features do not work together.");
        }

        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (several && !endpoint.IsProxied)
            {
                throw new InvalidOperationException($"Resource '{resource.Name}' uses multiple replicas and a proxy-less endpoint '{endpoint.Name}'. These features do not work together.");
            }

            if (several && endpoint.TargetPort is not null)
            {
                throw new InvalidOperationException($"Resource '{resource.Name}' can have multiple replicas, and it uses endpoint '{endpoint.Name}' that has TargetPort property set. Each replica must have a unique port; setting TargetPort is not allowed.");
            }

            if (!resource.IsContainer() && endpoint.IsProxied && endpoint.TargetPort is { } target && endpoint.Port == target)
            {
                throw new InvalidOperationException($"The endpoint '{endpoint.Name}' for resource '{resource.Name}' requested a proxy (IsProxied is true). Non-container resources cannot be proxied when both TargetPort and Port are specified with the same value.");
            }
        }
    }
}
