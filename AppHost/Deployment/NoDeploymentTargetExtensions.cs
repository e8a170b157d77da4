namespace Aspire.Hosting;

/// <summary>Stands in for the deployment targets where the packages that publish to them are not referenced: see AppHost.csproj.</summary>
internal static class DeploymentTargetExtensions
{
    /// <summary>Says what is missing when a target is asked for.</summary>
    public static IDistributedApplicationBuilder AddDeploymentTarget(this IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsPublishMode && builder.Configuration["Pipeline:Step"] is "publish"
            ? throw new DistributedApplicationException("This build has no deployment targets: build it with AspirePublishers=true.")
            : builder;
}
