using Aspire.Hosting.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>The resources this one needs: those its environment and arguments are made of, those it waits for, and its parent.</summary>
    public static async Task<IReadOnlySet<IResource>> GetResourceDependenciesAsync(this IResource resource, DistributedApplicationExecutionContext executionContext, ResourceDependencyDiscoveryMode mode = ResourceDependencyDiscoveryMode.Recursive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(executionContext);

        var found = new HashSet<IResource>();
        var open = new Queue<IResource>([resource]);
        while (open.TryDequeue(out var next))
        {
            foreach (var dependency in await DirectAsync(next, executionContext, cancellationToken).ConfigureAwait(false))
            {
                if (dependency != resource && found.Add(dependency) && mode == ResourceDependencyDiscoveryMode.Recursive)
                {
                    open.Enqueue(dependency);
                }
            }
        }

        return found;
    }

    private static async Task<List<IResource>> DirectAsync(IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        var variables = await ResourceCallbacks.EnvironmentNowAsync(resource, executionContext, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        var arguments = await ResourceCallbacks.ArgumentsNowAsync(resource, executionContext, NullLogger.Instance, cancellationToken).ConfigureAwait(false);

        var dependencies = resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).ToList();
        if (resource is IResourceWithParent { Parent: { } parent })
        {
            dependencies.Add(parent);
        }

        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var value in variables.Values.Concat(arguments).Concat((resource as IValueWithReferences)?.References ?? []))
        {
            Walk(value);
        }

        return dependencies;

        void Walk(object? value)
        {
            switch (value)
            {
                case null or string:
                    break;
                case IResource dependency:
                    dependencies.Add(dependency);
                    break;
                case IResourceBuilder<IResource> builder:
                    dependencies.Add(builder.Resource);
                    break;
                case IValueWithReferences { References: var references } when seen.Add(value):
                    foreach (var reference in references)
                    {
                        Walk(reference);
                    }

                    break;
            }
        }
    }
}
