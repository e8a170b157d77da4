using Aspire.Dashboard.Resources;

namespace Aspire.Dashboard.Pages.ResourceViews;

/// <summary>A row of the table: a resource, or the head of its replicas.</summary>
internal sealed record ResourceRow(ResourceViewModel Resource, int Depth, int Children, bool IsReplicaGroup);

/// <summary>Puts children under their parents and replicas under a head of their own.</summary>
internal static class ResourceTree
{
    public static IReadOnlyList<ResourceRow> Build(IReadOnlyList<ResourceViewModel> resources, IReadOnlyCollection<string> collapsed)
    {
        List<ResourceRow> rows = [];
        HashSet<string> seen = [];
        foreach (var resource in resources.Where(r => FindParent(r, resources) is null))
        {
            Add(resource, 0);
        }

        // A circle of parents has no top: what is left is shown flat rather than lost.
        foreach (var resource in resources.Where(r => !seen.Contains(r.Name)).ToArray())
        {
            if (!IsUnderCollapsed(resource))
            {
                Add(resource, 0);
            }
        }

        return rows;

        void Add(ResourceViewModel resource, int depth)
        {
            var replicas = resources.Where(r => Names.Same(r.DisplayName, resource.DisplayName) && r.ResourceType == resource.ResourceType).ToArray();
            if (seen.Contains(resource.Name))
            {
                return;
            }

            if (replicas.Length > 1)
            {
                rows.Add(new(resource, depth, replicas.Length, true));
                foreach (var replica in replicas)
                {
                    seen.Add(replica.Name);
                    if (!collapsed.Contains(resource.DisplayName))
                    {
                        rows.Add(new(replica, depth + 1, 0, false));
                    }
                }

                return;
            }

            seen.Add(resource.Name);
            var children = resources.Where(r => !ReferenceEquals(r, resource) && ReferenceEquals(FindParent(r, resources), resource)).ToArray();
            rows.Add(new(resource, depth, children.Length, false));
            foreach (var child in children)
            {
                if (!collapsed.Contains(resource.DisplayName) && depth < 8)
                {
                    Add(child, depth + 1);
                }
            }
        }

        bool IsUnderCollapsed(ResourceViewModel resource)
        {
            for (var (parent, steps) = (FindParent(resource, resources), 0); parent is not null && steps < 10; (parent, steps) = (FindParent(parent, resources), steps + 1))
            {
                if (collapsed.Contains(parent.DisplayName))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static ResourceViewModel? FindParent(ResourceViewModel resource, IReadOnlyList<ResourceViewModel> all) =>
        resource.ParentName is { } name ? all.FirstOrDefault(r => !ReferenceEquals(r, resource) && (Names.Same(r.Name, name) || Names.Same(r.DisplayName, name))) : null;
}
