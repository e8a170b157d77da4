namespace Aspire.Hosting;

/// <summary>Stands in for the deployment targets where the packages that publish to them are not referenced: see AppHost.csproj.</summary>
internal static class DeploymentTargetExtensions
{
    /// <summary>Says what is missing when a target is asked for: in one line, which an exception would not be.</summary>
    public static IDistributedApplicationBuilder AddDeploymentTarget(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode && builder.Configuration["Pipeline:Step"] is "publish")
        {
            Console.Error.WriteLine("This build has no deployment targets: build it with AspirePublishers=true.");
            Environment.Exit(1);
        }

        return builder;
    }
}
