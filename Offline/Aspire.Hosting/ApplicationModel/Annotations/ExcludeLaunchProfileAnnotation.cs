namespace Aspire.Hosting.ApplicationModel;

/// <summary>No launch profile applies to the project.</summary>
public sealed class ExcludeLaunchProfileAnnotation : IResourceAnnotation
{
}
