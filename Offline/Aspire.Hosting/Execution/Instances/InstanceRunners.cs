using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Who runs which kind of resource. What nobody runs lives by its events alone.</summary>
internal sealed class InstanceRunners(ProjectInstanceRunner projects, ExecutableInstanceRunner executables, ContainerInstanceRunner containers)
{
    public IInstanceRunner? For(IResource resource) => resource switch
    {
        _ when resource.IsContainer() => containers,
        ProjectResource => projects,
        ExecutableResource => executables,
        _ => null,
    };
}
