namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that the resource stands for a service of the cloud.</summary>
public sealed class EmulatorResourceAnnotation : IResourceAnnotation
{
}
