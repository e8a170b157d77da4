using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Tells emulators from other resources.</summary>
public static class EmulatorResourceExtensions
{
    /// <summary>Whether the resource stands for a service of the cloud.</summary>
    public static bool IsEmulator(this IResource resource) => resource.HasAnnotationOfType<EmulatorResourceAnnotation>();
}
