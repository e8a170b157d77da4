using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Finds resources that wait for themselves through others: none of them could ever start.</summary>
internal static class WaitCycles
{
    /// <summary>The way from a resource through its waits back to itself, or null.</summary>
    public static IReadOnlyList<IResource>? Find(IResource resource)
    {
        List<IResource> path = [];
        HashSet<IResource> seen = [];
        return Visit(resource) ? [resource, .. path] : null;

        bool Visit(IResource current)
        {
            foreach (var next in current.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).Distinct())
            {
                if (ReferenceEquals(next, resource))
                {
                    path.Add(next);
                    return true;
                }

                if (!seen.Add(next))
                {
                    continue;
                }

                path.Add(next);
                if (Visit(next))
                {
                    return true;
                }

                path.RemoveAt(path.Count - 1);
            }

            return false;
        }
    }
}
